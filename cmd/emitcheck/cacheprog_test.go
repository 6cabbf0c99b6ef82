package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// cacheprogMain is a GOCACHEPROG for the scripts: a build cache that is kept in a
// directory, as one that machines share would be kept on a server.
func cacheprogMain() {
	if err := serveCache(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cacheprog:", err)
		os.Exit(1)
	}
}

type cacheRequest struct {
	ID                 int64
	Command            string
	ActionID, OutputID []byte
	BodySize           int64
}

type cacheResponse struct {
	ID            int64
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

func serveCache(dir string, r io.Reader, w io.Writer) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	in, out := json.NewDecoder(bufio.NewReader(r)), json.NewEncoder(w)
	if err := out.Encode(cacheResponse{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req cacheRequest
		if err := in.Decode(&req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		res := cacheResponse{ID: req.ID}
		entry := filepath.Join(dir, hex.EncodeToString(req.ActionID)+"-a")
		switch req.Command {
		case "get":
			data, err := os.ReadFile(entry)
			if err != nil {
				res.Miss = true
				break
			}
			res.OutputID = data
			res.DiskPath = filepath.Join(dir, hex.EncodeToString(data)+"-d")
			info, err := os.Stat(res.DiskPath)
			if err != nil {
				return err
			}
			modified := info.ModTime()
			res.Size, res.Time = info.Size(), &modified
		case "put":
			var body []byte
			if req.BodySize > 0 {
				if err := in.Decode(&body); err != nil {
					return err
				}
			}
			res.DiskPath = filepath.Join(dir, hex.EncodeToString(req.OutputID)+"-d")
			if err := os.WriteFile(res.DiskPath, body, 0o666); err != nil {
				return err
			}
			if err := os.WriteFile(entry, req.OutputID, 0o666); err != nil {
				return err
			}
		case "close":
			return out.Encode(res)
		}
		if err := out.Encode(res); err != nil {
			return err
		}
	}
}
