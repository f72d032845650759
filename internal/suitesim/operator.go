package suitesim

import (
	"crypto/hmac"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"lvyue/internal/suite"
)

// admits reports whether the request bears the operator's token. The comparison takes the same time however much of it is
// right.
func (s Site) admits(r *http.Request) bool {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.Lock.Lock()
	right := s.System.Token
	s.Lock.Unlock()
	return bearer && right != "" && hmac.Equal([]byte(token), []byte(right))
}

// operate answers one of the operator's requests.
func (s Site) operate(r *http.Request, body []byte) answer {
	operations := map[string]func([]byte) answer{
		"GET " + suite.Describe: s.describe,
		"GET " + suite.Count:    s.count,
		"GET " + suite.Database: s.dump,
		"PUT " + suite.Database: s.load,
		"GET " + suite.Files:    s.pack,
		"PUT " + suite.Files:    s.unpack,
		"PUT " + suite.Freeze:   s.freeze,
		"POST " + suite.Test:    s.sendTest,
	}
	if do, ok := operations[r.Method+" "+r.URL.Path]; ok {
		return do(body)
	}
	for known := range operations {
		if strings.HasSuffix(known, " "+r.URL.Path) {
			return refuse(http.StatusMethodNotAllowed, "%s does not take %s", r.URL.Path, r.Method)
		}
	}
	return refuse(http.StatusNotFound, "there is no %s", r.URL.Path)
}

// gigabyte is the vendor's, of 2³⁰ bytes.
const gigabyte = 1 << 30

func (s Site) describe([]byte) answer {
	described := suite.Description{
		Products: []suite.Installed{}, Bits: s.System.Bits, DiskGB: s.System.DiskGB,
		Settings: map[string]string{}, Frozen: s.System.Frozen,
	}
	maps.Copy(described.Settings, s.System.Settings)
	for _, code := range slices.Sorted(maps.Keys(s.System.Products)) {
		if p := s.System.Products[code]; p.Started != "" {
			described.Products = append(described.Products, suite.Installed{Code: code, Release: p.Started})
		}
	}
	if files := s.World.Files(s.System.Joined); files != nil {
		described.DiskUsedGB = int((files.bytes() + gigabyte - 1) / gigabyte)
	}
	return object(described)
}

// The reasons for which a system can do something later, but not now.
func noDatabase() answer { return refuse(http.StatusConflict, "no database answers") }
func noDisk() answer     { return refuse(http.StatusConflict, "there is no data disk") }
func frozen() answer     { return refuse(http.StatusConflict, "the system is frozen") }

func (s Site) count([]byte) answer {
	data, files := s.System.database(s.World), s.World.Files(s.System.Joined)
	switch {
	case data == nil:
		return noDatabase()
	case files == nil:
		return noDisk()
	}
	counts, err := Counts(data, files)
	if err != nil {
		return refuse(http.StatusInternalServerError, "%s", err)
	}
	return object(counts)
}

// dump gives the database. A system of 32 bits writes none that one of 64 could load: it is upgraded first (§3.7).
func (s Site) dump([]byte) answer {
	data := s.System.database(s.World)
	switch {
	case data == nil:
		return noDatabase()
	case s.System.Bits != 64:
		return refuse(http.StatusConflict, "a system of %d bits is upgraded before its database is moved", s.System.Bits)
	}
	return answer{content: data.Dump(), kind: "application/sql; charset=utf-8"}
}

// load replaces the database, whole or not at all.
func (s Site) load(body []byte) answer {
	data := s.System.database(s.World)
	switch {
	case data == nil:
		return noDatabase()
	case s.System.Frozen:
		return frozen()
	}
	loaded, err := load(body)
	if err != nil {
		return refuse(http.StatusBadRequest, "%s", err)
	}
	*data = *loaded
	return answer{status: http.StatusNoContent, changed: true}
}

func (s Site) pack([]byte) answer {
	files := s.World.Files(s.System.Joined)
	if files == nil {
		return noDisk()
	}
	archive, err := files.Tar()
	if err != nil {
		return refuse(http.StatusInternalServerError, "%s", err)
	}
	return answer{content: archive, kind: "application/x-tar"}
}

// unpack replaces the files, all or none.
func (s Site) unpack(body []byte) answer {
	files := s.World.Files(s.System.Joined)
	switch {
	case files == nil:
		return noDisk()
	case s.System.Frozen:
		return frozen()
	}
	unpacked, err := unpack(body)
	if err != nil {
		return refuse(http.StatusBadRequest, "%s", err)
	}
	*files = *unpacked
	return answer{status: http.StatusNoContent, changed: true}
}

func (s Site) freeze(body []byte) answer {
	wanted, err := read[suite.Frozen](body)
	if err != nil {
		return refuse(http.StatusBadRequest, "%s", err)
	}
	s.System.Frozen = wanted.Frozen
	return answer{status: http.StatusOK, object: wanted, changed: true}
}

func (s Site) sendTest(body []byte) answer {
	m, err := read[suite.Message](body)
	switch {
	case err != nil:
		return refuse(http.StatusBadRequest, "%s", err)
	case !slices.Contains([]string{"wechat-work", "sms", "mail"}, m.Interface) || m.To == "" || m.Text == "":
		return refuse(http.StatusBadRequest, "a test message has an interface, somebody to go to, and a text")
	case slices.Contains(s.System.Broken, m.Interface):
		return refuse(http.StatusConflict, "the interface %s does not work", m.Interface)
	}
	s.System.Sent++
	return answer{status: http.StatusOK, object: suite.Sent{MessageID: fmt.Sprintf("%s-%d", m.Interface, s.System.Sent)}, changed: true}
}
