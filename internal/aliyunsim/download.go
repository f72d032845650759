package aliyunsim

import (
	"bytes"
	"crypto/hmac"
	"fmt"
	"hash/crc64"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"lvyue/internal/hosting"
)

// linkLasts is how long a link to a backup's file serves. The vendor's lists say that links end, but not when: an hour is the
// simulator's choice, and who comes later asks for the list again.
const linkLasts = time.Hour

// Where the files lie, for the public and for the vendor's network. Here both are reached alike: there is one network.
const (
	files         = "/rdsbak"
	publicFiles   = files + "/"
	intranetFiles = files + "-internal/"
)

// The ways to take a backup: of its files, as the vendor does unless told; of its rows; and one that gives nothing to download.
const (
	physical   = "Physical"
	logical    = "Logical"
	bySnapshot = "Snapshot"
)

// links makes the addresses of backups' files, and knows them again. An address opens the data to whoever has it: it stands in
// the list that was asked for, and in no log, state or error.
type links struct{ base, secret string }

func (s *Server) links() links { return links{base: s.URL(), secret: s.options.AccessKeySecret} }

// to is the address of a backup's file from now on, empty where the vendor gives none to download.
func (l links) to(place string, t *thing, now time.Time) string {
	if t.Method == "" || t.Method == bySnapshot { // none in older state files
		return ""
	}
	file, expires := place+path.Join(t.Region, t.Database, t.ID), strconv.FormatInt(now.Add(linkLasts).Unix(), 10)
	return l.base + file + "?" + url.Values{
		"OSSAccessKeyId": {"aliyunsim"}, "Expires": {expires}, "Signature": {l.signature(http.MethodGet, file, expires)},
	}.Encode()
}

// signature is that of the vendor's object store, by a key of the simulator's own: no account can sign for a backup.
func (l links) signature(method, file, expires string) string {
	return sign(l.secret+files, method+"\n\n\n"+expires+"\n"+file)
}

// refuses says why a request has no way to any file: first whether we made its address, then whether that still serves.
func (l links) refuses(r *http.Request, now time.Time) string {
	asked := r.URL.Query()
	expires := asked.Get("Expires")
	if !hmac.Equal([]byte(l.signature(r.Method, r.URL.Path, expires)), []byte(asked.Get("Signature"))) {
		return "SignatureDoesNotMatch"
	}
	if end, err := strconv.ParseInt(expires, 10, 64); err != nil || now.Unix() >= end {
		return "AccessDenied"
	}
	return ""
}

// serveFile gives a backup's file, whole or in the parts that are asked for. It is no request to the vendor, and keeps none of
// those waiting.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	if code := s.links().refuses(r, s.options.Clock()); code != "" {
		withhold(w, http.StatusForbidden, code)
		return
	}
	t, ok := s.backup(path.Base(r.URL.Path))
	if !ok {
		withhold(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("ETag", `"`+t.checksum()+`"`)
	http.ServeContent(w, r, "", t.ReadyAt, bytes.NewReader(t.File))
}

// withhold answers as the vendor's object store does, but repeats nothing of what was asked: it may be a credential.
func withhold(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<Error><Code>"+code+"</Code></Error>") // who has gone away needs no answer
}

// backup is the one of that id, which is not there any more when it was deleted.
func (s *Server) backup(id string) (thing, bool) {
	s.contents.Lock()
	defer s.contents.Unlock()
	if t, ok := s.state.Things[id]; ok && t.Kind == hosting.Backup {
		return *t, true
	}
	return thing{}, false
}

// isFile reports whether the request is for the file of a backup.
func isFile(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, publicFiles) || strings.HasPrefix(r.URL.Path, intranetFiles)
}

// dump is what a backup of the database holds: all the data on it as SQL, the same bytes for the same data.
func (t *thing) dump() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "-- backup of %s\n", t.ID)
	if t.Inner == nil { // one of an older state file
		return out.Bytes()
	}
	for _, name := range slices.Sorted(maps.Keys(t.Inner.Databases)) {
		b := t.Inner.Databases[name]
		fmt.Fprintf(&out, "CREATE DATABASE IF NOT EXISTS `%s` DEFAULT CHARACTER SET %s;\nUSE `%s`;\n", name, b.Charset, name)
		out.Write(b.Data.Dump())
	}
	return out.Bytes()
}

// checksum is the vendor's of a backup's file: its CRC-64.
func (t *thing) checksum() string {
	return strconv.FormatUint(crc64.Checksum(t.File, crc64.MakeTable(crc64.ECMA)), 10)
}
