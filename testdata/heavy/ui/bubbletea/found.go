// Package bubbletea holds models of terminal programs, which are asked for.
package bubbletea

import (
	"net"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	v1 "github.com/charmbracelet/bubbletea"
)

// list loads what it shows.
type list struct {
	items []string
	load  func(chan<- string)
	next  chan string
}

var _ tea.Model = list{}

func (l list) Init() tea.Cmd { return nil }

func (l list) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if msg.String() == "r" {
			l.next = make(chan string) // want `Update makes a channel on some calls`
			go l.load(l.next)          // want `Update starts a goroutine on some calls: .*\(emit-goroutine\)$`
		}
	case string:
		l.items = append(l.items, msg)
	}
	return l, nil
}

func (l list) View() tea.View { return tea.NewView(strings.Join(l.items, "\n")) }

// status shows what a file says.
type status struct {
	list
	name string
	seen []*os.File
}

func (s *status) View() tea.View {
	f, err := os.Open(s.name) // want `View opens a resource on each call.*emit-resource`
	if err != nil {
		return tea.NewView(err.Error())
	}
	s.seen = append(s.seen, f)
	return tea.NewView(f.Name())
}

var _ tea.Model = &status{}

// chat is a model of the first version.
type chat struct {
	addr string
	conn net.Conn
	send func(string)
}

var _ v1.Model = (*chat)(nil)

func (c *chat) Init() v1.Cmd { return v1.EnterAltScreen }

func (c *chat) Update(msg v1.Msg) (v1.Model, v1.Cmd) {
	go c.send("typing") // want `Update starts a goroutine on each call`
	if key, ok := msg.(v1.KeyMsg); ok && key.Type == v1.KeyEnter {
		conn, err := net.Dial("tcp", c.addr) // want `Update opens a resource on some calls`
		if err != nil {
			return c, v1.Quit
		}
		c.conn = conn
	}
	return c, nil
}

func (c *chat) View() string { return c.addr }
