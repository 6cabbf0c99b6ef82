package main

import (
	"io"

	"github.com/pion/interceptor"
	pionnack "github.com/pion/interceptor/pkg/nack"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

// nack is a sender whose peer asks for lost packets, one with each call, while
// the network takes none of those that are sent again.
func nack() (hot func(int) error, end func(), err error) {
	factory, err := pionnack.NewResponderInterceptor()
	if err != nil {
		return nil, nil, err
	}
	responder, err := factory.NewInterceptor("")
	if err != nil {
		return nil, nil, err
	}
	const ssrc = 1
	congested := make(chan struct{})
	resending := false
	info := &interceptor.StreamInfo{SSRC: ssrc, RTCPFeedback: []interceptor.RTCPFeedback{{Type: "nack"}}}
	out := responder.BindLocalStream(info, interceptor.RTPWriterFunc(
		func(_ *rtp.Header, payload []byte, _ interceptor.Attributes) (int, error) {
			if resending {
				<-congested
			}
			return len(payload), nil
		}))
	for i := range calls {
		header := &rtp.Header{Version: 2, SSRC: ssrc, SequenceNumber: uint16(i)}
		if _, err := out.Write(header, make([]byte, 100), nil); err != nil {
			return nil, nil, err
		}
	}
	resending = true

	var request []byte
	in := responder.BindRTCPReader(interceptor.RTCPReaderFunc(
		func(b []byte, a interceptor.Attributes) (int, interceptor.Attributes, error) {
			if len(b) < len(request) {
				return 0, nil, io.ErrShortBuffer
			}
			return copy(b, request), a, nil
		}))
	buffer := make([]byte, 1500)
	hot = func(i int) error {
		lost := &rtcp.TransportLayerNack{MediaSSRC: ssrc, Nacks: []rtcp.NackPair{{PacketID: uint16(i)}}}
		if request, err = lost.Marshal(); err != nil {
			return err
		}
		_, _, err := in.Read(buffer, nil)
		return err
	}
	return hot, func() { close(congested); responder.Close() }, nil
}
