package cli

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"

	"unisson/server/terminal"
)

const colours = "auto|always|never"

func colourOption(to *string) option {
	return option{name: "color", values: colours, says: "cli.color", to: oneOf(to, colours)}
}

// style is how texts are laid out on a stream: as wide as COLUMNS says, else as the terminal is; in colours where asked for, or where
// a terminal that knows them is there and NO_COLOR (no-color.org) is not.
func (s session) style(on io.Writer, colour string) terminal.Style {
	look := terminal.Style{Columns: terminal.Usual}
	file, ok := on.(*os.File)
	is := ok && term.IsTerminal(int(file.Fd()))
	if is {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			look.Columns = width
		}
	}
	if n, err := strconv.Atoi(s.Env("COLUMNS")); err == nil && n > 0 {
		look.Columns = n
	}
	look.Columns = max(look.Columns, terminal.Narrowest)
	switch colour {
	case "always":
		look.Colour = true
	case "never":
	default:
		look.Colour = is && s.Env("NO_COLOR") == "" && s.Env("TERM") != "dumb"
	}
	return look
}
