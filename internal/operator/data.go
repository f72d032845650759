package operator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"lvyue/internal/suite"
)

// Database gives the rest of the database's dump from a mark on; the zero mark is its beginning. If the data is no longer
// what was marked, the error is suite.ErrChanged, and the caller begins again.
func (c Client) Database(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	return c.stream(ctx, request{method: http.MethodGet, host: host, contract: contract, path: suite.Database}, from)
}

// Files gives the rest of the files' tar from a mark on, as Database does.
func (c Client) Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error) {
	return c.stream(ctx, request{method: http.MethodGet, host: host, contract: contract, path: suite.Files}, from)
}

// PutDatabase replaces the system's database by a dump of size bytes. The system takes it whole or not at all.
func (c Client) PutDatabase(ctx context.Context, host, contract string, dump io.Reader, size int64) error {
	return c.put(ctx, request{host: host, contract: contract, path: suite.Database, body: dump, size: size})
}

// PutFiles replaces the system's files by a tar of size bytes. The system takes all or none.
func (c Client) PutFiles(ctx context.Context, host, contract string, archive io.Reader, size int64) error {
	return c.put(ctx, request{host: host, contract: contract, path: suite.Files, body: archive, size: size})
}

func (c Client) put(ctx context.Context, r request) error {
	r.method = http.MethodPut
	r.body = io.LimitReader(r.body, r.size) // what is beyond is not ours to send
	answer, err := c.ask(ctx, r)
	if err != nil {
		return err
	}
	if err := answer.Body.Close(); err != nil {
		return r.unanswered(ctx, err)
	}
	return nil
}

func (c Client) stream(ctx context.Context, r request, from suite.Mark) (suite.Stream, error) {
	r.header = http.Header{"Accept-Encoding": {"identity"}} // a mark counts the bytes as they are
	if from.At > 0 {
		r.header.Set("Range", fmt.Sprintf("bytes=%d-", from.At))
		r.header.Set("If-Range", from.Version)
	}
	answer, err := c.ask(ctx, r)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Status == http.StatusRequestedRangeNotSatisfiable {
		return suite.Stream{ReadCloser: http.NoBody, Size: from.At, Version: from.Version}, nil // all was read before
	}
	if err != nil {
		return suite.Stream{}, err
	}
	s := suite.Stream{ReadCloser: answer.Body, Version: answer.Header.Get("ETag"), Size: answer.ContentLength}
	switch {
	case from.At > 0 && (answer.StatusCode != http.StatusPartialContent || s.Version != from.Version):
		err = suite.ErrChanged
	case from.At > 0:
		s.Size, err = whole(r, answer.Header.Get("Content-Range"), from.At)
	case s.Size < 0 || s.Version == "":
		err = r.unreadable("the answer says neither its size nor its version")
	}
	if err != nil {
		return suite.Stream{}, errors.Join(err, answer.Body.Close())
	}
	return s, nil
}

// whole reads the size of all from "bytes 20-99/100", which must begin where it was asked to.
func whole(r request, contentRange string, at int64) (int64, error) {
	part, size, _ := strings.Cut(contentRange, "/")
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil || part != fmt.Sprintf("bytes %d-%d", at, n-1) {
		return 0, r.unreadable("the answer is not the part that was asked for")
	}
	return n, nil
}
