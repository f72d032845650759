package engine_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"

	"lvyue/internal/engine"
	"lvyue/internal/failure"
)

func key(fill byte) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{fill}, 32))
}

func keysOf(t *testing.T, file string) engine.Keys {
	t.Helper()
	keys, err := engine.ReadKeys(write(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func payload(t *testing.T, text string) *commonpb.Payload {
	t.Helper()
	p, err := converter.GetDefaultDataConverter().ToPayload(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCodec_KeepsHistoriesSecretAndOldOnesReadable(t *testing.T) { // §7.1
	t.Parallel()
	before := engine.NewCodec(keysOf(t, "k1 "+key(1)+"\n"))
	after := engine.NewCodec(keysOf(t, "# rotated in March\nk2 "+key(2)+"\nk1 "+key(1)+"\n"))
	open := payload(t, "远山商贸")
	old, err := before.Encode([]*commonpb.Payload{open})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(old[0].GetData(), []byte("远山")) {
		t.Error("the payload is in the clear")
	}
	young, err := after.Encode([]*commonpb.Payload{open})
	if err != nil {
		t.Fatal(err)
	}
	if string(young[0].GetMetadata()["encryption-key-id"]) != "k2" {
		t.Error("the first key of the file does not encrypt")
	}
	read, err := after.Decode([]*commonpb.Payload{old[0], young[0], open})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range read {
		if !proto.Equal(p, open) {
			t.Errorf("payload %d came back as %v", i, p)
		}
	}
	if _, err := before.Decode(young); err == nil {
		t.Error("a key that is not in the file decrypted")
	}
}

func TestCodec_RefusesWhatWasTouched(t *testing.T) {
	t.Parallel()
	c := engine.NewCodec(keysOf(t, "k1 "+key(1)+"\nk2 "+key(1)))
	for name, touch := range map[string]func(*commonpb.Payload){
		"a flipped bit":    func(p *commonpb.Payload) { p.GetData()[len(p.GetData())-1] ^= 1 },
		"a cut payload":    func(p *commonpb.Payload) { p.Data = p.GetData()[:5] },
		"another key's id": func(p *commonpb.Payload) { p.Metadata["encryption-key-id"] = []byte("k2") },
	} {
		sealed, err := c.Encode([]*commonpb.Payload{payload(t, "x")})
		if err != nil {
			t.Fatal(err)
		}
		touch(sealed[0])
		if _, err := c.Decode(sealed); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestReadKeys_RefusesABadFileWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"", "# none\n", "k1\n", "k1 hush\n", "k1 " + key(1) + " x\n", "k1 " + key(1) + "\nk1 " + key(2)} {
		_, err := engine.ReadKeys(write(t, content))
		f, is := failure.As(err)
		if !is || f.Code != "bad_history_key" {
			t.Errorf("%q: %v", content, err)
			continue
		}
		if strings.Contains(f.Error()+f.Unwrap().Error(), "hush") || strings.Contains(f.Unwrap().Error(), key(1)) {
			t.Errorf("the error quotes the key: %v", f.Unwrap())
		}
	}
	if _, err := engine.ReadKeys(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing file was read")
	}
}
