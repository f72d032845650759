package ledger

import (
	"regexp"
	"strings"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Fapiao is a 数电票 for an invoice. Number has 20 digits, TaxCode (税收分类编码) 19. A red one has amounts below zero and
// names the blue one that it takes back, RedOf, and its 红字信息确认单, Confirmation. FileSHA256, in hex, may be empty.
type Fapiao struct {
	Number, Kind, Invoice string
	RedOf, Confirmation   string
	IssuedOn              workday.Date
	Buyer, BuyerTaxNo     string
	Seller, SellerTaxNo   string
	Item, TaxCode         string
	Rate                  Rate
	Net, Tax, Gross       money.CNY
	FileSHA256            string
}

// RefuseFapiao names everything that is wrong with a fapiao (bad_fapiao); nil if nothing is. Today is the last day on
// which it may have been issued.
func RefuseFapiao(f Fapiao, today workday.Date) *refusal.Refusal {
	var wrong []refusal.Field
	check := func(ok bool, path, zh, en string) {
		if !ok {
			wrong = append(wrong, refusal.Wrong(path, zh, en))
		}
	}
	digits20, digits19 := regexp.MustCompile(`^[0-9]{20}$`), regexp.MustCompile(`^[0-9]{19}$`)
	taxNo := regexp.MustCompile(`^[0-9A-Z]{15,20}$`)
	check(digits20.MatchString(f.Number), "number", "须为 20 位数字", "must have 20 digits")
	check(f.Kind == "special" || f.Kind == "ordinary", "kind", "须为 special（专用）或 ordinary（普通）", "must be special or ordinary")
	check(f.Invoice != "", "invoice", "须写明账单编号", "the invoice is missing")
	check(strings.TrimSpace(f.Buyer) != "", "buyer", "必须填写", "must be given")
	check(taxNo.MatchString(f.BuyerTaxNo), "buyer-tax-no", "须为 15 至 20 位数字或大写字母", "must be 15 to 20 digits or capital letters")
	check(strings.TrimSpace(f.Seller) != "", "seller", "必须填写", "must be given")
	check(taxNo.MatchString(f.SellerTaxNo), "seller-tax-no", "须为 15 至 20 位数字或大写字母", "must be 15 to 20 digits or capital letters")
	check(strings.TrimSpace(f.Item) != "", "item", "必须填写", "must be given")
	check(digits19.MatchString(f.TaxCode), "tax-code", "须为 19 位数字", "must have 19 digits")
	check(!f.IssuedOn.IsZero() && !f.IssuedOn.After(today), "issued-on", "缺少日期，或尚未到来", "is missing, or has not come yet")
	check(!f.Gross.IsZero(), "gross", "不得为零", "must not be zero")
	check(f.Net.Add(f.Tax).Equal(f.Gross), "tax", "不含税金额与税额之和须等于价税合计", "net and tax must add up to gross")
	red := f.RedOf != ""
	check(red == f.Gross.IsNegative(), "red-of", "红字票须指明蓝字票且金额为负", "a red one names its blue one and is below zero")
	check(red == (f.Confirmation != ""), "confirmation", "红字票须有确认单编号，蓝字票没有", "a red one has a confirmation, a blue one has none")
	if len(wrong) == 0 {
		return nil
	}
	return refusal.BadInput("bad_fapiao", "数电票信息有误：", "this fapiao cannot be recorded:", wrong...)
}
