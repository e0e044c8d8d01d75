//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"unisson/server/yupdate"
	"unisson/static"
)

// Shared boards by the real program, in a process that can be killed.

var kills = flag.Int("kills", 10, "how often the program is killed while people write; ./build.sh soak asks for a hundred")

// fileLimit is a size no file of the program may grow beyond, the system's own way to say no; SIGUSR1 lifts it.
const fileLimit = "UNISSON_TEST_FILE_LIMIT"

func init() { atStart = limitFiles }

func limitFiles() {
	most, err := strconv.ParseUint(os.Getenv(fileLimit), 10, 64)
	if err != nil {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	lift := make(chan os.Signal, 1)
	signal.Notify(lift, syscall.SIGUSR1)
	if syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was) != nil || syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: was.Max}) != nil {
		os.Exit(70)
	}
	go func() {
		<-lift
		syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was)
	}()
}

// program is `unisson serve` in a process of its own.
type program struct {
	testing.TB
	cmd  *exec.Cmd
	base string
	log  *bytes.Buffer // whole once the process has ended
	read chan struct{}
}

func start(t testing.TB, data string, env ...string) *program {
	t.Helper()
	if _, err := static.Files(); errors.Is(err, static.ErrNotBuilt) {
		t.Skip("the page is not built: ./build.sh build")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{TB: t, log: new(bytes.Buffer), read: make(chan struct{})}
	p.cmd = exec.Command(self, "serve", "--addr", "127.0.0.1:0", "--data", data, "--max-conns-per-ip", "0", "--max-boards-per-ip", "0", "--max-rate", "0", "--max-requests-per-ip", "0")
	p.cmd.Env = append(append(os.Environ(), asProgram+"=1"), env...)
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill() })
	log := bufio.NewReader(io.TeeReader(stderr, p.log))
	for p.base == "" {
		line, err := log.ReadBytes('\n')
		if err != nil {
			t.Fatalf("it ended at the start: %s", p.log)
		}
		var said struct{ Msg, Addr string }
		if json.Unmarshal(line, &said) == nil && said.Msg == "listening" {
			p.base = "http://" + said.Addr
		}
	}
	go func() {
		io.Copy(io.Discard, log)
		close(p.read)
	}()
	return p
}

func (p *program) ended() error {
	<-p.read
	return p.cmd.Wait()
}

func (p *program) stop() error {
	p.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.Fatal(err)
	}
	return p.ended()
}

// kill is SIGKILL: nothing of the program runs any more.
func (p *program) kill() {
	p.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.Fatal(err)
	}
	p.ended()
}

var once = http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func (p *program) ask(method, path, token string) (int, []byte) {
	p.Helper()
	req, err := http.NewRequest(method, p.base+path, nil)
	if err != nil {
		p.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	r, err := once.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.Fatal(err)
	}
	return r.StatusCode, body
}

type kept struct {
	ID     string
	Tokens map[string]string
}

func (p *program) create() (b kept) {
	p.Helper()
	status, body := p.ask("POST", "/api/v1/boards", "")
	if err := json.Unmarshal(body, &b); err != nil || status != http.StatusCreated {
		p.Fatalf("%d %s", status, body)
	}
	return b
}

// whole is the board as one update.
func (p *program) whole(b kept) []byte {
	p.Helper()
	status, body := p.ask("GET", "/api/v1/boards/"+b.ID+"?format=update", b.Tokens["viewer"])
	if status != http.StatusOK {
		p.Fatalf("%d %s\n%s", status, body, p.log)
	}
	return body
}

func (p *program) dial(b kept, role string) (*websocket.Conn, error) {
	d := websocket.Dialer{Subprotocols: []string{"unisson.v1", "unisson.bearer." + b.Tokens[role]}}
	c, r, err := d.Dial(strings.Replace(p.base, "http", "ws", 1)+"/sync/"+b.ID, nil)
	if err == nil {
		p.Cleanup(func() { c.Close() })
	} else if r != nil {
		err = fmt.Errorf("%w: %d", err, r.StatusCode)
	}
	return c, err
}

// typed is an update by which a client writes a word at its clock, after what it wrote before.
func typed(client, clock uint64, word string) []byte {
	b := yupdate.AppendUint(yupdate.AppendUint([]byte{1, 1}, client), clock)
	b = yupdate.AppendHead(b, yupdate.KindString, yupdate.Place{Root: fmt.Sprint("t", client, ".", clock)})
	return append(yupdate.AppendBytes(b, word), 0)
}

// send sends an update and reads on until the server says that it is kept.
func send(c *websocket.Conn, update []byte) error {
	if err := c.WriteMessage(websocket.BinaryMessage, yupdate.AppendBytes([]byte{0, 2}, update)); err != nil {
		return err
	}
	for {
		_, m, err := c.ReadMessage()
		if err != nil {
			return err
		}
		in := yupdate.NewReader(m)
		if in.Uint() != 0 || in.Uint() != 2 {
			continue
		}
		told, err := yupdate.LoadState(yupdate.Limits{}, in.Bytes())
		if err != nil {
			return err
		}
		if news, err := told.News(update); err != nil || !news {
			return err
		}
	}
}

// The real program serves, answers as the command line does, and stops on SIGTERM with status 0.
func TestServe(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new", "data")
	p := start(t, data)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for _, path := range []string{"/", "/fr", "/en", "/healthz", "/readyz", "/schema/unisson-1.json"} {
		r, err := client.Get(p.base + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	everyRoad(t, &client, p.base)
	if info, err := os.Stat(data); err != nil || !info.IsDir() {
		t.Errorf("the data folder: %v", err)
	}
	if err := p.stop(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	if log := p.log.String(); !strings.Contains(log, `"stopped"`) {
		t.Errorf("the log says %s", log)
	}
}

// Killed at any moment while people write, the program comes back with every edit it has acknowledged.
func TestKilledWhilePeopleWrite(t *testing.T) {
	data := t.TempDir()
	const writers = 6
	p := start(t, data)
	boards := []kept{p.create(), p.create(), p.create()}
	acked := make([][][]byte, len(boards))
	r := rand.New(rand.NewPCG(5, 8))
	for run := range *kills {
		var mu sync.Mutex
		var writing sync.WaitGroup
		enough := make(chan struct{})
		left := 1 + r.IntN(120)
		for w := range writers {
			b := w % len(boards)
			c, err := p.dial(boards[b], "editor")
			if err != nil {
				t.Fatal(err)
			}
			writing.Go(func() {
				defer c.Close()
				client, clock := uint64(1+run*writers+w), uint64(0)
				for n := 0; ; n++ {
					word := strings.Repeat("mot 🌱 ", 1+n*n%400)
					update := typed(client, clock, word)
					if send(c, update) != nil {
						return
					}
					clock += yupdate.UTF16Len(word)
					mu.Lock()
					acked[b] = append(acked[b], update)
					if left--; left == 0 {
						close(enough)
					}
					mu.Unlock()
				}
			})
		}
		<-enough
		p.kill()
		writing.Wait()
		p = start(t, data)
		for b, board := range boards {
			state, err := yupdate.LoadState(yupdate.Limits{}, p.whole(board))
			if err != nil {
				t.Fatal(err)
			}
			for _, update := range acked[b] {
				if news, err := state.News(update); news || err != nil {
					t.Fatalf("kill %d: an acknowledged edit is lost (%v): %x", run, err, update[:min(20, len(update))])
				}
			}
		}
	}
	edits := 0
	for _, of := range acked {
		edits += len(of)
	}
	t.Logf("%d edits acknowledged, %d kills", edits, *kills)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// A restart with two hundred people: each is told to come back, and the program ends by itself in its time, with status 0.
func TestStoppedWithTwoHundred(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	boards := []kept{p.create(), p.create(), p.create(), p.create()}
	const people = 200
	conns := make([]*websocket.Conn, people)
	for i := range conns {
		c, err := p.dial(boards[i%len(boards)], "editor")
		if err != nil {
			t.Fatal(err)
		}
		conns[i] = c
	}
	var all sync.WaitGroup
	for i, c := range conns {
		all.Go(func() {
			if err := send(c, typed(uint64(i+1), 0, "dernier mot")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, c := range conns {
		all.Go(func() {
			for {
				if _, _, err := c.ReadMessage(); err != nil {
					if !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
						t.Errorf("closed with %v", err)
					}
					return
				}
			}
		})
	}
	if err := p.stop(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	all.Wait()
	if log := p.log.String(); strings.Contains(log, "cut short") {
		t.Errorf("it took longer than it may: %s", log)
	}
	p = start(t, data)
	for i := range people {
		state, err := yupdate.LoadState(yupdate.Limits{}, p.whole(boards[i%len(boards)]))
		if err != nil {
			t.Fatal(err)
		}
		if news, err := state.News(typed(uint64(i+1), 0, "dernier mot")); news || err != nil {
			t.Fatalf("what person %d wrote last is lost, %v", i, err)
		}
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// On a full disk the program says that it is not ready, acknowledges nothing and lets people read; with room again it goes on.
func TestFullDiskAndRoomAgain(t *testing.T) {
	p := start(t, t.TempDir(), fileLimit+"=1500000")
	b := p.create()
	var acked [][]byte
	var refused []byte
	for n := uint64(0); refused == nil; n++ {
		c, err := p.dial(b, "editor")
		if err != nil {
			t.Fatal(err)
		}
		word := strings.Repeat("x", 50_000)
		for clock := uint64(0); ; clock += 50_000 {
			update := typed(n+1, clock, word)
			if err := send(c, update); err != nil {
				if !websocket.IsCloseError(err, websocket.CloseTryAgainLater) {
					t.Fatal(err)
				}
				refused = update
				break
			}
			acked = append(acked, update)
		}
	}
	if status, body := p.ask("GET", "/readyz", ""); status != http.StatusServiceUnavailable {
		t.Errorf("ready: %d %s", status, body)
	}
	holds := func() {
		t.Helper()
		state, err := yupdate.LoadState(yupdate.Limits{}, p.whole(b))
		if err != nil {
			t.Fatal(err)
		}
		for _, update := range acked {
			if news, err := state.News(update); news || err != nil {
				t.Fatalf("an acknowledged edit cannot be read: %v", err)
			}
		}
	}
	holds()
	if err := p.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if status, _ := p.ask("GET", "/readyz", ""); status == http.StatusOK {
			break
		} else if time.Now().After(deadline) {
			t.Fatal("there is room, and it is still not ready")
		}
	}
	c, err := p.dial(b, "editor")
	if err != nil {
		t.Fatal(err)
	}
	if err := send(c, refused); err != nil {
		t.Fatal(err)
	}
	acked = append(acked, refused)
	holds()
	t.Logf("%d edits within the limit", len(acked)-1)
	c.Close()
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// A bit of the file flips while the program is away. Either the board reads as it was, or it is refused; it is never blank.
func TestFlippedBit(t *testing.T) {
	data := t.TempDir()
	p := start(t, data)
	b, other := p.create(), p.create()
	const secret = "ce qui a été écrit"
	for i, board := range []kept{b, other} {
		c, err := p.dial(board, "editor")
		if err != nil {
			t.Fatal(err)
		}
		if err := send(c, typed(uint64(i+1), 0, secret)); err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	whole := p.whole(b)
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(data, "boards.db")
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// The board's own copies begin with its client and clock.
	mark := append(yupdate.AppendHead([]byte{1, 0}, yupdate.KindString, yupdate.Place{Root: "t1.0"}), byte(len(secret)))
	places := indexes(sound, append(mark, secret...))
	if len(places) == 0 {
		t.Fatal("the file does not hold what was written")
	}
	refused := 0
	for n := range len(places) + 1 { // each copy alone, then all
		bad := bytes.Clone(sound)
		for i, at := range places {
			if i == n || n == len(places) {
				bad[at+len(mark)+n] ^= 0x04
			}
		}
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		p := start(t, data)
		switch status, body := p.ask("GET", "/api/v1/boards/"+b.ID+"?format=update", b.Tokens["viewer"]); {
		case status == http.StatusServiceUnavailable:
			refused++
			if _, err := p.dial(b, "editor"); err == nil || !strings.Contains(err.Error(), ": 503") {
				t.Errorf("a board that cannot be read is opened: %v", err)
			}
		case status != http.StatusOK || !bytes.Equal(body, whole):
			t.Errorf("flip %d: %d %x", n, status, body)
		}
		if got := p.whole(other); !bytes.Contains(got, []byte(secret)) {
			t.Errorf("flip %d: the other board holds %q", n, got)
		}
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	}
	if refused == 0 {
		t.Error("with every copy damaged, the board was served")
	}
}

func indexes(b, of []byte) (all []int) {
	for from := 0; ; {
		i := bytes.Index(b[from:], of)
		if i < 0 {
			return all
		}
		all = append(all, from+i)
		from += i + 1
	}
}
