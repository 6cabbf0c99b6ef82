package main

import (
	"context"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/gochannel"
)

// goChannel publishes to a subscriber that has not taken the first message yet.
func goChannel() (hot func(int) error, end func(), err error) {
	pubsub := gochannel.NewGoChannel(gochannel.Config{}, watermill.NopLogger{})
	if _, err := pubsub.Subscribe(context.Background(), "frames"); err != nil {
		return nil, nil, err
	}
	payload := make([]byte, 100)
	hot = func(int) error {
		return pubsub.Publish("frames", message.NewMessage("", payload))
	}
	return hot, func() { pubsub.Close() }, nil
}
