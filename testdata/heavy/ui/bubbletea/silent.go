package bubbletea

import (
	"fmt"
	"net/http"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	v1 "github.com/charmbracelet/bubbletea"
)

// clock asks for its own ticks.
type clock struct {
	now   time.Time
	names <-chan string
	quit  func()
}

type tick time.Time

type name string

func (c clock) Init() tea.Cmd { return tea.Batch(c.wait(), c.tick()) }

func (c clock) tick() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return tick(t) }) // silent: a command, which the library runs
}

// wait takes the next name of a channel.
func (c clock) wait() tea.Cmd {
	return func() tea.Msg { return name(<-c.names) } // silent: a command, which the library runs
}

func (c clock) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tick:
		c.now = time.Time(msg)
		return c, c.tick() // silent: a command, which the library runs
	case name:
		return c, c.wait() // silent: a command, which the library runs
	case tea.KeyPressMsg:
		return c, func() tea.Msg { // silent: a command, which the library runs
			res, err := http.Get("http://127.0.0.1")
			if err != nil {
				return err
			}
			return res.Body.Close()
		}
	case tea.QuitMsg:
		c.quit()
	}
	return c, tea.Every(time.Minute, func(t time.Time) tea.Msg { return tick(t) }) // silent: a command, which the library runs
}

func (c clock) View() tea.View { return tea.NewView(c.now.String()) }

// editor starts its watcher in Init.
type editor struct {
	changes chan string
	watch   func(chan<- string)
	lines   []string
}

func (e *editor) Init() v1.Cmd {
	e.changes = make(chan string) // silent: Init is called once
	go e.watch(e.changes)         // silent: Init is called once
	return e.next
}

func (e *editor) next() v1.Msg { return <-e.changes }

func (e *editor) Update(msg v1.Msg) (v1.Model, v1.Cmd) {
	switch msg := msg.(type) {
	case string:
		e.lines = append(e.lines, msg)
		return e, e.next // silent: a command, which the library runs
	case v1.WindowSizeMsg:
		return e, v1.Sequence(v1.ClearScreen, func() v1.Msg { // silent: a command, which the library runs
			go e.watch(e.changes) // silent: in a command
			return nil
		})
	case v1.KeyMsg:
		if err := e.save("draft"); err != nil {
			return e, v1.Quit
		}
	}
	return e, nil
}

func (e *editor) save(name string) error {
	f, err := os.Create(name) // silent: closed before the call returns
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, e.lines)
	return err
}

func (e *editor) View() string { return fmt.Sprint(e.lines) }

// spinner is a part of a model, and none itself.
type spinner struct{ run func() }

func (s spinner) Update(tea.Msg) (spinner, tea.Cmd) {
	go s.run() // silent: no tea.Model
	return s, nil
}

func (s spinner) View() string { return "" }

var _ = []any{clock{}, &editor{}, spinner{}}
