package engine

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
)

const (
	encryptedEncoding = "binary/lvyue-aes-256-gcm"
	keyIDMetadata     = "encryption-key-id"
)

// codec encrypts payloads with AES-256-GCM (§7.1). The id of the key stands in the metadata and is
// authenticated with the payload; payloads in the clear stay readable, so that encryption can be switched on
// while contracts run.
type codec struct{ keys Keys }

// NewCodec encrypts with the current key and decrypts with any of them.
func NewCodec(keys Keys) converter.PayloadCodec { return codec{keys: keys} }

// Encode encrypts each payload whole, its own metadata included.
func (c codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	encrypted := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		plain, err := proto.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("encrypt payload: %w", err)
		}
		sealed, err := c.seal(plain)
		if err != nil {
			return nil, fmt.Errorf("encrypt payload: %w", err)
		}
		encrypted[i] = &commonpb.Payload{Data: sealed, Metadata: map[string][]byte{
			converter.MetadataEncoding: []byte(encryptedEncoding),
			keyIDMetadata:              []byte(c.keys.Current),
		}}
	}
	return encrypted, nil
}

// Decode decrypts what Encode wrote and leaves everything else as it is. A key that is not in the file, or
// data that was touched, is an error.
func (c codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	plain := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		if string(p.GetMetadata()[converter.MetadataEncoding]) != encryptedEncoding {
			plain[i] = p
			continue
		}
		data, err := c.open(string(p.GetMetadata()[keyIDMetadata]), p.GetData())
		if err != nil {
			return nil, fmt.Errorf("decrypt payload: %w", err)
		}
		plain[i] = &commonpb.Payload{}
		if err := proto.Unmarshal(data, plain[i]); err != nil {
			return nil, fmt.Errorf("decrypt payload: %w", err)
		}
	}
	return plain, nil
}

// seal puts a fresh nonce in front of the ciphertext.
func (c codec) seal(plain []byte) ([]byte, error) {
	gcm, err := c.cipher(c.keys.Current)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return gcm.Seal(nonce, nonce, plain, []byte(c.keys.Current)), nil
}

func (c codec) open(keyID string, sealed []byte) ([]byte, error) {
	gcm, err := c.cipher(keyID)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, fmt.Errorf("%d bytes are too short for a payload", len(sealed))
	}
	nonce, ciphertext := sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():]
	plain, err := gcm.Open(nil, nonce, ciphertext, []byte(keyID))
	if err != nil {
		return nil, fmt.Errorf("with key %q: %w", keyID, err)
	}
	return plain, nil
}

func (c codec) cipher(keyID string) (cipher.AEAD, error) {
	key, known := c.keys.ByID[keyID]
	if !known {
		return nil, fmt.Errorf("key %q is not in the key file", keyID)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("key %q: %w", keyID, err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("key %q: %w", keyID, err)
	}
	return gcm, nil
}
