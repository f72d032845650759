package engine

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"lvyue/internal/failure"
)

// keySize is that of AES-256, in bytes.
const keySize = 32

// Keys encrypt histories. Current is the id of the key that encrypts; the others only read what they once
// wrote.
type Keys struct {
	Current string
	ByID    map[string][]byte
}

// ReadKeys reads a key file: one key a line, `id base64-of-32-bytes`, the first being the current one; lines
// that start with # are comments. A key is retired by moving it down, never by deleting it while histories
// need it. Anything else is the failure "bad_history_key", which never quotes the file.
func ReadKeys(path string) (Keys, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return Keys{}, badKey(fmt.Errorf("read history keys: %w", err))
	}
	keys := Keys{ByID: map[string][]byte{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := keys.add(words); err != nil {
			return Keys{}, badKey(fmt.Errorf("line %d: %w", n, err))
		}
	}
	if err := lines.Err(); err != nil {
		return Keys{}, badKey(err)
	}
	if keys.Current == "" {
		return Keys{}, badKey(fmt.Errorf("%s holds no key", path))
	}
	return keys, nil
}

// add takes one line. Its errors do not quote the key.
func (k *Keys) add(words []string) error {
	const idAndKey = 2
	if len(words) != idAndKey {
		return fmt.Errorf("want an id and a key, got %d words", len(words))
	}
	id := words[0]
	key, err := base64.StdEncoding.DecodeString(words[1])
	if err != nil || len(key) != keySize {
		return fmt.Errorf("key %q is not %d bytes in base64", id, keySize)
	}
	if _, twice := k.ByID[id]; twice {
		return fmt.Errorf("key %q stands twice", id)
	}
	k.ByID[id] = key
	if k.Current == "" {
		k.Current = id
	}
	return nil
}

func badKey(cause error) error {
	return failure.New("bad_history_key", cause,
		"LVYUE_HISTORY_KEY_FILE 有误：每行应为“编号 密钥（32 字节的 base64）”",
		"LVYUE_HISTORY_KEY_FILE is wrong: each line must be an id and a key of 32 bytes in base64")
}
