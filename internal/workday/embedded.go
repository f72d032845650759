package workday

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed notices/*.json
var noticeFiles embed.FS

// Embedded is the calendar of all notices that come with the product: 2016–2026 with their amendments. It panics
// if they do not hold together, which the tests rule out.
func Embedded() *Calendar { return embedded() }

//nolint:gochecknoglobals // read once, never changed
var embedded = sync.OnceValue(func() *Calendar {
	c, err := readAll(noticeFiles)
	if err != nil {
		panic(fmt.Errorf("embedded notices: %w", err))
	}
	return c
})

func readAll(files fs.FS) (*Calendar, error) {
	paths, err := fs.Glob(files, "notices/*.json")
	if err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	notices := make([]Notice, 0, len(paths))
	for _, path := range paths {
		data, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, fmt.Errorf("read notice: %w", err)
		}
		n, err := ParseNotice(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		notices = append(notices, n)
	}
	return New(notices...)
}
