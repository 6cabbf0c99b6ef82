// Package ebiten holds games, which are asked for.
package ebiten

import (
	"image/color"
	"os"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
)

// layout has the size of a game's screen.
type layout struct{}

func (layout) Layout(w, h int) (int, int) { return w / 2, h / 2 }

// Shooter starts a goroutine for each tick.
type Shooter struct {
	layout
	think func(int)
	ticks int
}

var _ ebiten.Game = (*Shooter)(nil)

// Update is called for each tick.
func (g *Shooter) Update() error {
	g.ticks++
	go g.think(g.ticks) // want `Update starts a goroutine on each call: .*\(emit-goroutine\)$`
	if ebiten.IsKeyPressed(ebiten.KeySpace) {
		g.save() // want `Update opens a resource on some calls.*over when the call returns.*emit-resource`
	}
	return nil
}

func (g *Shooter) save() {
	f, err := os.Create("state")
	if err != nil {
		return
	}
	defer f.Close()
	_ = f.Sync()
}

// Draw is called for each frame.
func (g *Shooter) Draw(screen *ebiten.Image) {
	done := make(chan struct{}) // want `over when the call returns.*emit-channel`
	go func() {                 // want `Draw starts a goroutine on each call \(over when the call returns\)`
		defer close(done)
		screen.Fill(color.Black)
	}()
	<-done
}

// Sleepy waits where it may not.
type Sleepy struct{ Shooter }

// Update is called for each tick.
func (g *Sleepy) Update() error {
	time.Sleep(10 * time.Millisecond) // want `emit-blocking`
	return nil
}
