package blocking

import (
	"database/sql"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Record is one unit of a stream that is handed in.
type Record []byte

// BlocksPerRecord does all of it where it may: emit-blocking exists at rate
// frame alone.
type BlocksPerRecord struct {
	in, out chan Record
	wg      sync.WaitGroup
	cond    *sync.Cond
	db      *sql.DB
}

func (h *BlocksPerRecord) Emit(rec Record) error {
	time.Sleep(time.Millisecond) // silent: rate record
	r := <-h.in                  // silent: rate record
	h.in <- r                    // silent: rate record
	h.out <- rec                 // silent: rate record
	for r := range h.in {        // silent: rate record
		if len(r) == 0 {
			break
		}
	}
	select { // silent: rate record
	case <-h.in:
	case h.out <- rec:
	}
	h.wg.Wait()                                                // silent: rate record
	h.cond.Wait()                                              // silent: rate record
	backoff()                                                  // silent: rate record
	if resp, err := http.Get("http://localhost"); err == nil { // silent: rate record
		resp.Body.Close()
	}
	if _, err := h.db.Exec("delete from records"); err != nil { // silent: rate record
		return err
	}
	if err := os.WriteFile("record", rec, 0o600); err != nil { // silent: rate record
		return err
	}
	return exec.Command("true").Run() // silent: rate record
}

func (h *BlocksPerRecord) Close() error { return h.db.Close() }

// BlocksPerBatch says so with a directive.
//
//emitcheck:handler hot=Flush stop=Close rate=batch
type BlocksPerBatch struct{ out chan []Record }

// Flush sends a batch.
func (h *BlocksPerBatch) Flush(recs []Record) {
	h.out <- recs // silent: rate batch
}

// Close ends the batches.
func (h *BlocksPerBatch) Close() { close(h.out) }
