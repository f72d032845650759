package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lvyue/internal/ledger"
	"lvyue/internal/postgres"
	"lvyue/internal/refusal"
)

// fapiaoFlags are the fields of a 数电票 as they are typed.
type fapiaoFlags struct {
	fapiao                        ledger.Fapiao
	net, tax, gross, rate, issued string
	file, by                      string
}

func fapiaoAddCommand(s *session) *cobra.Command {
	var f fapiaoFlags
	c := s.writes("record-fapiao INVOICE", "登记数电票（蓝字或红字），附于账单", "record a fapiao, blue or red, for an invoice",
		"books record-fapiao INV-2025-000001 --number 25112000000012345678 --kind special --issued-on 2025-10-09 --gross 120000.00 "+
			"--buyer 远山商贸有限公司 --buyer-tax-no 91110108MA01ABCD1X --seller 云桥软件有限公司 --seller-tax-no 91110108MA02EFGH2Y "+
			"--tax-code 3040203000000000000 --by fang",
		wants(1, 1), func(ctx context.Context, store *postgres.Store, in *input, args []string) (reply, error) {
			today, err := store.Today(ctx)
			if err != nil {
				return reply{}, err
			}
			policy, err := store.Policy(ctx)
			if err != nil {
				return reply{}, err
			}
			fapiao, who := in.fapiao(f, args[0], policy.Rate), in.required("by", f.by)
			if err := in.err(); err != nil {
				return reply{}, err
			}
			if no := ledger.RefuseFapiao(fapiao, today); no != nil {
				return reply{}, no
			}
			contract, _, err := store.RecordFapiao(ctx, fapiao, who)
			return s.noted(noted{Contract: contract, Number: fapiao.Number}, refusal.Text{
				ZH: "数电票 " + fapiao.Number + " 已登记于账单 " + fapiao.Invoice + "。",
				EN: "fapiao " + fapiao.Number + " is recorded for invoice " + fapiao.Invoice,
			}), err
		})
	s.fapiaoFlags(c, &f)
	return c
}

func (s *session) fapiaoFlags(c *cobra.Command, f *fapiaoFlags) {
	flags := c.Flags()
	for _, flag := range []struct {
		value        *string
		name, zh, en string
	}{
		{&f.fapiao.Number, "number", "发票号码（20 位）", "its number, 20 digits"},
		{&f.fapiao.Kind, "kind", "special（专用）或 ordinary（普通）", "special or ordinary"},
		{&f.issued, "issued-on", "开票日期", "day of issue"},
		{&f.gross, "gross", "价税合计；红字为负", "amount with VAT; below zero on a red one"},
		{&f.net, "net", "不含税金额（默认按税率计算）", "amount without VAT (default: by the rate)"},
		{&f.tax, "tax", "税额（默认为其余部分）", "VAT (default: the rest)"},
		{&f.rate, "vat-rate", "税率（默认按账务政策）", "rate of VAT (default: by the policy)"},
		{&f.fapiao.Buyer, "buyer", "购买方名称", "the buyer"},
		{&f.fapiao.BuyerTaxNo, "buyer-tax-no", "购买方统一社会信用代码", "the buyer's tax number"},
		{&f.fapiao.Seller, "seller", "销售方名称", "the seller"},
		{&f.fapiao.SellerTaxNo, "seller-tax-no", "销售方统一社会信用代码", "the seller's tax number"},
		{&f.fapiao.Item, "item", "项目名称", "what was sold"},
		{&f.fapiao.TaxCode, "tax-code", "税收分类编码（19 位）", "tax category code, 19 digits"},
		{&f.fapiao.RedOf, "red-of", "红字：对应蓝字票号码", "of a red one: the blue one"},
		{&f.fapiao.Confirmation, "confirmation", "红字：信息确认单编号", "of a red one: number of its confirmation"},
		{&f.file, "file", "票面文件（只记录其指纹）", "its OFD, PDF or XML file (the hash is kept)"},
		{&f.by, "by", "登记人", "who records it"},
	} {
		flags.StringVar(flag.value, flag.name, "", s.say(flag.zh, flag.en))
	}
	flags.Lookup("item").DefValue = "*信息技术服务*软件服务费"
	suggest(c, "kind", "special", "ordinary")
}

// fapiao reads what was typed; what is left out follows from the rest by the one rule of VAT.
func (in *input) fapiao(f fapiaoFlags, invoice string, rate ledger.Rate) ledger.Fapiao {
	out := f.fapiao
	out.Invoice, out.IssuedOn, out.Gross = invoice, in.date("issued-on", f.issued), in.amount("gross", f.gross)
	out.Rate = rate
	if f.rate != "" {
		parsed, err := ledger.ParseRate(f.rate)
		in.note("vat-rate", err)
		out.Rate = parsed
	}
	out.Net, out.Tax = ledger.SplitVAT(out.Gross, out.Rate)
	if f.net != "" {
		out.Net = in.amount("net", f.net)
		out.Tax = out.Gross.Sub(out.Net)
	}
	if f.tax != "" {
		out.Tax = in.amount("tax", f.tax)
	}
	if out.Item == "" {
		out.Item = "*信息技术服务*软件服务费"
	}
	if f.file != "" {
		out.FileSHA256 = hash(in.file("file", f.file))
	}
	return out
}
