package config

import "log/slog"

// Secret is text that must reach no terminal, log or document. Every way of printing it gives redacted.
type Secret string

const redacted = "[redacted]"

// String hides the secret.
func (s Secret) String() string { return redacted }

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return redacted }

// LogValue hides the secret from structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText hides the secret from JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Reveal is the secret itself, for the one call that needs it.
func (s Secret) Reveal() string { return string(s) }
