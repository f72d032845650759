package statement

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode makes UTF-8 of a text in UTF-8, in GB18030 (and so in GBK and GB2312), or in both: a text that is not
// UTF-8 as a whole is decoded line by line. No byte of a line break, quote or separator occurs inside a character
// of either encoding. Bytes that fit neither become U+FFFD, which no field that is read may hold.
func decode(content []byte) (string, error) {
	if utf8.Valid(content) {
		return unmarked(string(content)), nil
	}
	var (
		text    strings.Builder
		chinese = simplifiedchinese.GB18030.NewDecoder()
	)
	for line := range bytes.Lines(content) {
		if meantAsUTF8(line) {
			text.Write(bytes.ToValidUTF8(line, []byte("\uFFFD")))
			continue
		}
		decoded, err := chinese.Bytes(line)
		if err != nil {
			return "", refused("文件既不是 UTF-8 也不是 GB18030 编码", "the file is encoded neither in UTF-8 nor in GB18030")
		}
		text.Write(decoded)
	}
	return unmarked(text.String()), nil
}

// unmarked drops the byte order mark that Excel puts before UTF-8.
func unmarked(text string) string { return strings.TrimPrefix(text, "\uFEFF") }

// meantAsUTF8 tells the encoding of a line by its characters of three bytes and more, which all Chinese has in
// UTF-8. A short line in GB18030 can be valid UTF-8 by chance (模 is C4 A3, which is also ģ), but then it has
// characters of two bytes only. A line in UTF-8 with a damaged byte would pass for GB18030, but then it has more
// of the long characters than of bytes that fit nowhere.
func meantAsUTF8(line []byte) bool {
	long, short, misfits := 0, 0, 0
	for len(line) > 0 {
		r, size := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError && size == 1:
			misfits++
		case size > 2:
			long++
		case size == 2:
			short++
		}
		line = line[size:]
	}
	return long > misfits || long+short+misfits == 0
}
