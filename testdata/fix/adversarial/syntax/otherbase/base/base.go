// Package base has a start and a stop.
package base

import (
	"context"
	"time"
)

type Base struct{}

func (b *Base) SessionStart(_ context.Context, time time.Duration) error { return nil }
func (b *Base) SessionStop(ctx context.Context, d time.Duration) error   { return nil }
