package aliyun

import (
	"regexp"
	"strings"
)

// sensitive finds parameters whose values must not be recorded, as they stand in a URL (a=b&) and as they stand
// in percent-encoded text (a%3Db%26).
var sensitive = regexp.MustCompile(`(?i)(AccessKeyId|Signature|SecurityToken|Password)` +
	`(?:(=)[^&\s"]*|(%3D)(?:[^&%\s"]|%25[0-9A-F]{2})*)`)

// secrets takes an account's credentials out of texts.
type secrets struct{ known *strings.Replacer }

func hide(config Config) secrets {
	var pairs []string
	for _, s := range []string{config.AccessKeySecret, config.SecurityToken, config.AccessKeyID, config.Secret} {
		if s != "" {
			pairs = append(pairs, s, "[redacted]")
		}
	}
	return secrets{known: strings.NewReplacer(pairs...)}
}

func (s secrets) redact(text string) string {
	return sensitive.ReplaceAllString(s.known.Replace(text), "$1$2$3[redacted]")
}
