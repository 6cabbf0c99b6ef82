package ebiten

import (
	"image"
	_ "image/png" // decodes what is loaded
	"os"
	"sync"

	"github.com/hajimehoshi/ebiten/v2"
)

// Sprites loads its image with the first tick.
type Sprites struct {
	layout
	img    *ebiten.Image
	once   sync.Once
	loaded chan image.Image
	inputs chan ebiten.Key
}

// NewSprites starts what a game needs.
func NewSprites(load func() image.Image) *Sprites {
	g := &Sprites{loaded: make(chan image.Image, 1), inputs: make(chan ebiten.Key, 1)} // silent: once
	go func() { g.loaded <- load() }()                                                 // silent: started by the constructor
	return g
}

// Update is called for each tick.
func (g *Sprites) Update() error {
	if g.img == nil {
		f, err := os.Open("sprites.png") // silent: once
		if err != nil {
			return err
		}
		defer f.Close()
		decoded, _, err := image.Decode(f)
		if err != nil {
			return err
		}
		g.img = ebiten.NewImageFromImage(decoded)
	}
	select {
	case decoded := <-g.loaded: // silent: it does not wait
		g.img = ebiten.NewImageFromImage(decoded)
	default:
	}
	g.once.Do(func() { go g.listen() }) // silent: once
	return nil
}

func (g *Sprites) listen() {
	for range g.inputs {
	}
}

// Draw is called for each frame.
func (g *Sprites) Draw(screen *ebiten.Image) {
	op := &ebiten.DrawImageOptions{}
	op.GeoM.Translate(10, 10)
	screen.DrawImage(g.img, op) // silent: light work
}

// Layout is called for each frame, and asked for no more than a size.
func (g *Sprites) Layout(w, h int) (int, int) { return w, h }

// Scene is a part of a game.
type Scene struct{ think func() }

// Update is called by the game.
func (s *Scene) Update() error {
	go s.think() // silent: no ebiten.Game
	return nil
}

// Draw is called by the game.
func (s *Scene) Draw(*ebiten.Image) {
	go s.think() // silent: no ebiten.Game
}
