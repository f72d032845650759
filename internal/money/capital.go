package money

import "strings"

// Capital amounts follow 支付结算办法 appendix 1 and 会计基础工作规范 art. 52. Those rules leave some places
// to the writer, so a spelling marks them and one spelling serves both directions:
//
//   - a 零 that we write and others may leave out
//   - a 零 that we leave out and others may write
//     =  a 整 that we write and others may leave out
const (
	shouldZero = '+'
	mayZero    = '-'
	shouldEnd  = '='
)

const (
	digitRunes = "零壹贰叁肆伍陆柒捌玖"
	group      = 4         // digits under one 万
	pair       = 2 * group // digits under one 亿
)

// Capital is the amount in capital numerals without the prefix 人民币, such as 壹仟零壹拾元零壹角整 for
// 1010.10. No 零 is written where 万 or 亿 alone parts the digits, one is written for an empty group of four
// and before 角 where the yuan end in 0, and 整 follows 元 and 角. 0.00 is 零元整. A negative amount has 负 before
// it, as a credit note prints it; ParseCapital does not take that back.
func (c CNY) Capital() string {
	unmarked := strings.NewReplacer(string(shouldZero), "零", string(mayZero), "", string(shouldEnd), "整")
	if c.IsNegative() {
		return "负" + unmarked.Replace(CNY{}.Sub(c).spell())
	}
	return unmarked.Replace(c.spell())
}

// spell writes a non-negative amount with the marks above.
func (c CNY) spell() string {
	whole, fraction, _ := strings.Cut(c.String(), ".")
	whole = strings.TrimLeft(whole, "0")
	jiao, fen := fraction[:1], fraction[1:]
	switch {
	case whole == "" && fraction == "00":
		return "零元整"
	case fraction == "00":
		return spellWhole(whole) + "元整"
	case whole == "" && jiao == "0":
		return capitalDigit(fen) + "分"
	case whole == "":
		return spellJiao(jiao, fen)
	case jiao == "0":
		return spellWhole(whole) + "元零" + capitalDigit(fen) + "分"
	case strings.HasSuffix(whole, "0"):
		return spellWhole(whole) + "元" + string(shouldZero) + spellJiao(jiao, fen)
	default:
		return spellWhole(whole) + "元" + spellJiao(jiao, fen)
	}
}

// spellJiao writes the decimals of an amount whose 角 is not zero.
func spellJiao(jiao, fen string) string {
	if fen == "0" {
		return capitalDigit(jiao) + "角" + string(shouldEnd)
	}
	return capitalDigit(jiao) + "角" + capitalDigit(fen) + "分"
}

// spellWhole writes a whole number without leading zeros, split at its 亿, then at its 万.
func spellWhole(digits string) string {
	switch {
	case len(digits) > pair:
		return spellSplit(digits, pair, "亿")
	case len(digits) > group:
		return spellSplit(digits, group, "万")
	default:
		return spellGroup(digits)
	}
}

// spellSplit writes the digits above the last width of them, unit, and the rest.
func spellSplit(digits string, width int, unit string) string {
	high, low := digits[:len(digits)-width], digits[len(digits)-width:]
	rest := strings.TrimLeft(low, "0")
	if rest == "" {
		return spellWhole(high) + unit
	}
	return spellWhole(high) + unit + gap(high, len(low)-len(rest)) + spellWhole(rest)
}

// gap is the 零 between the digits in high and a lower part with that many leading zeros.
func gap(high string, zeros int) string {
	switch {
	case zeros%group != 0:
		return "零"
	case zeros > 0:
		return string(shouldZero)
	case strings.HasSuffix(high, "0"):
		return string(mayZero)
	default:
		return ""
	}
}

// spellGroup writes one to four digits, the first of them not zero.
func spellGroup(digits string) string {
	units := [group]string{"", "拾", "佰", "仟"}
	var b strings.Builder
	skipped := false
	for i, digit := range digits {
		if digit == '0' {
			skipped = true
			continue
		}
		if skipped {
			b.WriteString("零")
		}
		skipped = false
		b.WriteString(capitalDigit(string(digit)) + units[len(digits)-1-i])
	}
	return b.String()
}

// capitalDigit is the capital numeral of one decimal digit.
func capitalDigit(digit string) string {
	return string([]rune(digitRunes)[digit[0]-'0'])
}
