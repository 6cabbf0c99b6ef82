// Package shopify has a consumer of the library by its former name.
package shopify

import "github.com/Shopify/sarama"

// Consumer starts a goroutine for each message, and one for each claim.
type Consumer struct {
	process func(*sarama.ConsumerMessage)
	claimed func(int32)
}

func (*Consumer) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (*Consumer) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim is called for each claim.
func (c *Consumer) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	go c.claimed(claim.Partition()) // silent: once for each claim
	for {
		select {
		case msg, open := <-claim.Messages():
			if !open {
				return nil
			}
			go c.process(msg) // want `ConsumeClaim starts a goroutine on each message: .*\(emit-goroutine\)$`
		case <-session.Context().Done():
			go c.claimed(-1) // silent: at the end of the session
			return nil
		}
	}
}
