package money

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"lvyue/internal/refusal"
)

// longestCapital bounds what ParseCapital looks at, in characters. The longest amount of sixteen digits
// takes 36.
const longestCapital = 64

// Values of the units, in fen.
const (
	yuan = 100
	jiao = 10
	wan  = 10_000
	yi   = 100_000_000
)

// ParseCapital reads an amount in capital numerals. It takes every spelling that the rules allow: 正 for 整,
// the traditional 貳陸億萬圓, 人民币 before the amount, and the 零 and 整 that a writer is free to set or leave
// out. All else is refused with the code "bad_capital": everyday numerals (一二三), a unit missing, repeated
// or out of order, a missing or extra 零, anything before or after the amount, a negative amount, and more than
// sixteen digits of yuan.
func ParseCapital(s string) (CNY, error) {
	text := strings.NewReplacer("貳", "贰", "陸", "陆", "億", "亿", "萬", "万", "圓", "元", "圆", "元", "正", "整").
		Replace(strings.TrimPrefix(s, "人民币"))
	if utf8.RuneCountInString(text) > longestCapital || strings.Trim(text, digitRunes+"拾佰仟万亿元角分整") != "" {
		return CNY{}, refusal.BadInput("bad_capital",
			"大写金额只用 零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整，例如 壹拾贰万元整",
			"a capital amount has only 零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整, such as 壹拾贰万元整")
	}
	amount, ok := exactly(decimal.New(roughly(text), -decimals))
	if ok && !amount.IsNegative() && typed.MatchString(amount.String()) && matches(amount.spell(), text) {
		return amount, nil
	}
	return CNY{}, refusal.BadInput("bad_capital",
		"大写金额的写法不合规定，请核对单位的顺序、零和整，例如 壹仟零壹拾元零壹角整",
		"the capital amount is not well formed; check the order of the units, 零 and 整, as in 壹仟零壹拾元零壹角整")
}

// roughly adds up the numerals of text, in fen, without minding their order: the amount is only a guess, and
// right only if its own spelling turns out to be the text. Senseless text may overflow; that guess is wrong
// as well.
func roughly(text string) int64 {
	var total, section, digit int64
	for _, r := range text {
		switch r {
		case '拾', '佰', '仟':
			section, digit = section+digit*tens(r), 0
		case '万':
			total, section, digit = total+(section+digit)*wan, 0, 0
		case '亿':
			total, section, digit = (total+section+digit)*yi, 0, 0
		case '元':
			total, section, digit = (total+section+digit)*yuan, 0, 0
		case '角':
			total, digit = total+digit*jiao, 0
		case '分':
			total, digit = total+digit, 0
		case '整':
		default:
			digit = int64(strings.IndexRune(digitRunes, r) / utf8.RuneLen(r))
		}
	}
	return total
}

// tens is the value of a unit within a group of four digits.
func tens(unit rune) int64 {
	switch unit {
	case '拾':
		return 10
	case '佰':
		return 100
	default:
		return 1000
	}
}

// matches reports whether text is one of the ways to write the spelling. A choice never has to be taken
// back: what follows a free 零 or 整 is never another one.
func matches(spelling, text string) bool {
	for _, want := range spelling {
		free := true
		switch want {
		case shouldZero, mayZero:
			want = '零'
		case shouldEnd:
			want = '整'
		default:
			free = false
		}
		rest, found := strings.CutPrefix(text, string(want))
		if !found && !free {
			return false
		}
		text = rest
	}
	return text == ""
}
