// Command unisson checks boards and serves the page.
package main

import (
	"context"
	"os"

	"unisson/server/cli"
)

func main() { os.Exit(cli.Run(context.Background(), os.Args[1:], cli.System())) }
