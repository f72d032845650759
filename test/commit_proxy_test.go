package test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// passage is one of the two ways on which a commit can be lost.
type passage string

const (
	there passage = "the commit is lost" // nothing is stored
	back  passage = "its answer is lost" // all is stored, and the worker never hears of it
)

// commitProxy stands between one worker and PostgreSQL. It follows version 3 of the protocol as far as it takes to know
// the commits of transactions that write books, and asks of each, on both of its ways, whether it is lost there. What is
// lost is not told to anybody, and the connection stays until the worker is gone. A step is known by the first that it
// writes to the books: taken again, it writes the same.
type commitProxy struct {
	net.Listener

	server string
	loses  func(on passage, step string) bool
	wires  sync.WaitGroup
}

// newCommitProxy stands before the database of that address, and gives the address of the same database by way of it.
func newCommitProxy(t *testing.T, database string, loses func(passage, string) bool) (address string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	p := &commitProxy{server: u.Host, loses: loses}
	if p.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	p.wires.Go(p.accept)
	t.Cleanup(func() {
		p.Close()
		p.wires.Wait()
	})
	query := u.Query()
	query.Set("sslmode", "disable") // what is encrypted cannot be followed
	u.Host, u.RawQuery = p.Addr().String(), query.Encode()
	return u.String()
}

// accept connects every caller to the server.
func (p *commitProxy) accept() {
	for {
		worker, err := p.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			worker.Close()
			continue
		}
		w := &wire{worker: worker, server: server, loses: p.loses, writes: map[string]bool{}}
		p.wires.Go(func() { w.carry(worker, server, w.says) })
		p.wires.Go(func() { w.carry(server, worker, w.hears) })
	}
}

// wire is one connection of the worker.
type wire struct {
	worker, server net.Conn
	loses          func(passage, string) bool
	writes         map[string]bool // by the names of prepared statements, whether they write books

	sync.Mutex

	step string // of the transaction under way; empty while it has written no books
	mute bool   // the worker hears no more
}

// carry takes messages from one end to the other, but for those that are lost, until either end is gone.
func (w *wire) carry(from, to net.Conn, passes func(kind byte, body []byte) bool) {
	defer w.worker.Close()
	defer w.server.Close()
	in, out := bufio.NewReader(from), bufio.NewWriter(to)
	kinds := 1
	if from == w.worker {
		kinds = 0 // its first message has none
	}
	for {
		message, err := read(in, kinds)
		if err != nil {
			return
		}
		if kinds == 0 || passes(message[0], message[1+lengths:]) {
			out.Write(message) // an error stays, and comes back with the flush
		}
		kinds = 1
		if in.Buffered() == 0 && out.Flush() != nil {
			return
		}
	}
}

// lengths is how many bytes the length of a message takes; it counts itself.
const lengths = 4

// read reads one message: the byte that says its kind, if there is one, its length, and the rest.
func read(in io.Reader, kinds int) ([]byte, error) {
	head := make([]byte, kinds+lengths)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	rest := int(binary.BigEndian.Uint32(head[kinds:])) - lengths
	message := slices.Concat(head, make([]byte, max(rest, 0)))
	_, err := io.ReadFull(in, message[len(head):])
	return message, err
}

// says is told of every message of the worker, and whether it goes on.
func (w *wire) says(kind byte, body []byte) bool {
	switch kind {
	case 'P': // Parse: the name of a statement, and its text
		name, rest := word(body)
		text, _ := word(rest)
		w.writes[name] = writesBooks(text)
	case 'B': // Bind: the name of a portal, that of a statement, and its values
		_, rest := word(body)
		if name, rest := word(rest); w.writes[name] {
			w.wrote(strings.Join(values(rest)[:2], " "))
		}
	case 'Q': // Query: a text
		if text, _ := word(body); strings.EqualFold(text, "commit") {
			return !w.lost(there)
		}
	}
	return true
}

// hears is told of every message of the server, and whether it goes on.
func (w *wire) hears(kind byte, body []byte) bool {
	switch kind {
	case 'C': // CommandComplete: what was done
		if done, _ := word(body); done == "COMMIT" && w.lost(back) {
			w.mute = true
		}
	case 'Z': // ReadyForQuery: I outside a transaction
		if body[0] == 'I' {
			w.Lock()
			w.step = ""
			w.Unlock()
		}
	}
	return !w.mute
}

// wrote names the transaction by the key of the first that it writes to the books.
func (w *wire) wrote(key string) {
	w.Lock()
	defer w.Unlock()
	if w.step == "" {
		w.step = key
	}
}

func (w *wire) lost(on passage) bool {
	w.Lock()
	defer w.Unlock()
	return w.step != "" && w.loses(on, w.step)
}

// writesBooks tells of a statement that begins what a step writes to the books: every other one comes after one of these.
// Its first two values are the key of what it writes.
func writesBooks(text string) bool {
	return slices.ContainsFunc([]string{"booked_step", "ledger_txn", "renewal_outlook"}, func(table string) bool {
		return strings.Contains(text, "INSERT INTO "+table+" ")
	})
}

// values are those of a Bind as people read them: how many codes of forms, the codes, how many values, and each with its
// length, which is below zero for none.
func values(rest []byte) []string {
	short := func() int {
		n := binary.BigEndian.Uint16(rest)
		rest = rest[2:]
		return int(n)
	}
	forms := short()
	rest = rest[2*forms:]
	all := make([]string, short())
	for i := range all {
		length := max(int(int32(binary.BigEndian.Uint32(rest))), 0)
		value := rest[lengths:][:length]
		rest = rest[lengths+length:]
		if all[i] = string(value); length == 8 && value[0] == 0 {
			all[i] = strconv.FormatUint(binary.BigEndian.Uint64(value), 10) // a bigint in its binary form
		}
	}
	return all
}

// word takes a text up to its zero byte.
func word(body []byte) (text string, rest []byte) {
	before, after, _ := strings.Cut(string(body), "\x00")
	return before, []byte(after)
}
