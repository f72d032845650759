package workday

import "fmt"

// MarshalText writes the form of String, so that JSON, YAML and map keys are plain dates.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; empty text is no day. The error is that of ParseDate.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	read, err := ParseDate(string(text))
	if err != nil {
		return fmt.Errorf("read date: %w", err)
	}
	*d = read
	return nil
}
