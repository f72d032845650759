package ledger_test

import (
	"strings"
	"testing"

	"lvyue/internal/ledger"
	"lvyue/internal/money"
	"lvyue/internal/workday"
)

// blue is a fapiao with which nothing is wrong on 2027-03-10.
func blue() ledger.Fapiao {
	return ledger.Fapiao{
		Number: strings.Repeat("7", 20), Kind: "special", Invoice: "INV-2027-000001", IssuedOn: workday.MustDate("2027-03-10"),
		Buyer: "远山商贸有限公司", BuyerTaxNo: "91110108MA00000001", Seller: "云桥软件有限公司", SellerTaxNo: "91110108MA00000002",
		Item: "信息技术服务", TaxCode: strings.Repeat("3", 19), Rate: rateOf(6),
		Net: money.MustParse("100.00"), Tax: money.MustParse("6.00"), Gross: money.MustParse("106.00"),
	}
}

func red() ledger.Fapiao {
	f := blue()
	f.Number, f.RedOf, f.Confirmation = strings.Repeat("8", 20), f.Number, "2027-0001"
	f.Net, f.Tax, f.Gross = f.Net.Neg(), f.Tax.Neg(), f.Gross.Neg()
	return f
}

func TestAFapiaoIsTakenWithAllItsFieldsRight(t *testing.T) { // §5.3
	t.Parallel()
	for name, tt := range map[string]struct {
		of     func() ledger.Fapiao
		change func(*ledger.Fapiao)
		wrong  string
	}{
		"blue":     {blue, func(*ledger.Fapiao) {}, ""},
		"red":      {red, func(*ledger.Fapiao) {}, ""},
		"ordinary": {blue, func(f *ledger.Fapiao) { f.Kind = "ordinary" }, ""},

		"19 digits":                   {blue, func(f *ledger.Fapiao) { f.Number = f.Number[1:] }, "number"},
		"21 digits":                   {blue, func(f *ledger.Fapiao) { f.Number += "7" }, "number"},
		"a letter among the digits":   {blue, func(f *ledger.Fapiao) { f.Number = "A" + f.Number[1:] }, "number"},
		"a line break behind them":    {blue, func(f *ledger.Fapiao) { f.Number += "\n" }, "number"},
		"of another kind":             {blue, func(f *ledger.Fapiao) { f.Kind = "" }, "kind"},
		"for no invoice":              {blue, func(f *ledger.Fapiao) { f.Invoice = "" }, "invoice"},
		"without a buyer":             {blue, func(f *ledger.Fapiao) { f.Buyer = " " }, "buyer"},
		"a tax number of 15":          {blue, func(f *ledger.Fapiao) { f.BuyerTaxNo = f.BuyerTaxNo[:15] }, ""},
		"a tax number of 14":          {blue, func(f *ledger.Fapiao) { f.BuyerTaxNo = f.BuyerTaxNo[:14] }, "buyer-tax-no"},
		"a tax number of 20":          {blue, func(f *ledger.Fapiao) { f.SellerTaxNo += "AB" }, ""},
		"a tax number of 21":          {blue, func(f *ledger.Fapiao) { f.SellerTaxNo += "ABC" }, "seller-tax-no"},
		"a tax number of low letters": {blue, func(f *ledger.Fapiao) { f.BuyerTaxNo = strings.ToLower(f.BuyerTaxNo) }, "buyer-tax-no"},
		"without a seller":            {blue, func(f *ledger.Fapiao) { f.Seller = "" }, "seller"},
		"for nothing":                 {blue, func(f *ledger.Fapiao) { f.Item = "\t" }, "item"},
		"a code of 18 digits":         {blue, func(f *ledger.Fapiao) { f.TaxCode = f.TaxCode[1:] }, "tax-code"},
		"a code of 20 digits":         {blue, func(f *ledger.Fapiao) { f.TaxCode += "3" }, "tax-code"},
		"of yesterday":                {blue, func(f *ledger.Fapiao) { f.IssuedOn = f.IssuedOn.AddDays(-1) }, ""},
		"of tomorrow":                 {blue, func(f *ledger.Fapiao) { f.IssuedOn = f.IssuedOn.AddDays(1) }, "issued-on"},
		"of no day":                   {blue, func(f *ledger.Fapiao) { f.IssuedOn = workday.Date{} }, "issued-on"},
		"a fen off":                   {blue, func(f *ledger.Fapiao) { f.Tax = money.MustParse("6.01") }, "tax"},
		"of no amount":                {blue, func(f *ledger.Fapiao) { f.Net, f.Tax, f.Gross = money.CNY{}, money.CNY{}, money.CNY{} }, "gross"},

		"blue, below zero":            {blue, func(f *ledger.Fapiao) { f.Net, f.Tax, f.Gross = f.Net.Neg(), f.Tax.Neg(), f.Gross.Neg() }, "red-of"},
		"blue, with a confirmation":   {blue, func(f *ledger.Fapiao) { f.Confirmation = "2027-0001" }, "confirmation"},
		"red, above zero":             {red, func(f *ledger.Fapiao) { f.Net, f.Tax, f.Gross = f.Net.Neg(), f.Tax.Neg(), f.Gross.Neg() }, "red-of"},
		"red, without a confirmation": {red, func(f *ledger.Fapiao) { f.Confirmation = "" }, "confirmation"},
		"red, of no blue one":         {red, func(f *ledger.Fapiao) { f.RedOf = "" }, "red-of confirmation"},
		"everything wrong, all at once": {
			func() ledger.Fapiao { return ledger.Fapiao{} }, func(*ledger.Fapiao) {},
			"number kind invoice buyer buyer-tax-no seller seller-tax-no item tax-code issued-on gross",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := tt.of()
			tt.change(&f)
			var wrong []string
			if no := ledger.RefuseFapiao(f, workday.MustDate("2027-03-10")); no != nil {
				wantCode(t, name, no, "bad_fapiao")
				for _, field := range no.Fields {
					wrong = append(wrong, field.Path)
				}
			}
			if got := strings.Join(wrong, " "); got != tt.wrong {
				t.Errorf("wrong are %q, want %q", got, tt.wrong)
			}
		})
	}
}
