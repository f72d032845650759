package cli

import "lvyue/internal/refusal"

// unappliedQuestion asks for money that pays for nothing yet.
func unappliedQuestion() question {
	return question{
		command: "unapplied", title: refusal.Text{ZH: "待核销收款", EN: "Unapplied cash"},
		short:   refusal.Text{ZH: "尚未抵付任何费用的款项，及其可能所属的合同", EN: "money that pays for nothing yet, and the contract that it seems to be for"},
		example: "unapplied --xlsx unapplied.xlsx", view: "books_unapplied",
		ties: []tie{{column: "unapplied", account: "2203", credit: true}},
		columns: []column{
			{"what", "性质", "what", paper80, unappliedWords},
			{"contract", "合同", "contract", paper80, nil},
			{"reference", "流水号", "reference", paper80, nil},
			{"line", "流水行", "line", 0, nil},
			{"payer", "付款方", "payer", paper110, nil},
			{"memo", "摘要", "memo", paper110, nil},
			{"booked_on", "入账", "day", paper80, nil},
			{"amount", "金额", "amount", summed, nil},
			{"unapplied", "待核销", "unapplied", paper80 | summed, nil},
			{"held", "暂不核销", "held", paper110, nil},
			{"set_aside", "认领中", "set aside", summed, nil},
			{"suggested", "建议合同", "suggested", paper80, nil},
			{"why", "依据", "why", paper110, whyWords},
			{"recorded_at", "记录", "recorded", 0, nil},
		},
	}
}

// bankLinesQuestion asks for what the bank says, and who got the money.
func bankLinesQuestion() question {
	return question{
		command: "lines", title: refusal.Text{ZH: "银行流水", EN: "Bank lines"},
		short:   refusal.Text{ZH: "银行流水、用途、余下金额、是否经对账单证实", EN: "bank lines: who got the money, what is left, whether a statement confirms them"},
		example: "lines --as-of 2026-03-31", view: "books_bank_line",
		ties: []tie{{column: "amount", account: "1002"}},
		columns: []column{
			{"id", "行", "line", paper110, nil},
			{"account", "账户", "account", 0, nil},
			{"booked_on", "入账", "day", paper80, nil},
			{"effective_on", "记账", "booked", 0, nil},
			{"reference", "流水号", "reference", paper80, nil},
			{"payer", "对方", "payer", paper110, nil},
			{"payer_account", "对方账户", "payer's account", 0, nil},
			{"memo", "摘要", "memo", 0, nil},
			{"amount", "金额", "amount", paper80 | summed, nil},
			{"applied", "已用", "used", summed, nil},
			{"applied_to", "用于", "used for", paper80, nil},
			{"remaining", "余下", "left", paper80 | summed, nil},
			{"confirmed", "已证实", "confirmed", paper80, nil},
			{"actor", "经办", "by", 0, nil},
			{"recorded_at", "记录", "recorded", 0, nil},
		},
	}
}

// refundsQuestion asks for what goes back.
func refundsQuestion() question {
	return question{
		command: "refunds [NUMBER]", about: "contract", title: refusal.Text{ZH: "退款", EN: "Refunds"},
		short:   refusal.Text{ZH: "退款及其进度（§1.4、§5.4）", EN: "refunds, and how far each has come (§1.4, §5.4)"},
		example: "refunds", view: "books_refund",
		columns: []column{
			{"contract", "合同", "contract", paper80, nil},
			{"id", "编号", "id", paper80, nil},
			{"reason", "事由", "reason", paper80, reasonWords},
			{"amount", "金额", "amount", paper80 | summed, nil},
			{"state", "进度", "state", paper80, stateWords},
			{"requested_by", "申请人", "asked by", paper110, nil},
			{"requested_on", "申请日", "asked on", paper110, nil},
			{"approved_by", "批准人", "approved by", paper110, nil},
			{"approved_on", "批准日", "approved on", 0, nil},
			{"red_wanted", "需红字", "red wanted", 0, nil},
			{"red", "红字确认单", "red fapiao", 0, nil},
			{"paid_on", "付款日", "paid on", paper80, nil},
			{"paid_by_reference", "付款流水号", "paid by", 0, nil},
			{"owed", "待付", "owed", paper110 | summed, nil},
			{"recorded_at", "记录", "recorded", 0, nil},
		},
	}
}

// fapiaoQuestion asks for which fapiao were issued.
func fapiaoQuestion() question {
	return question{
		command: "fapiao [NUMBER]", about: "contract", title: refusal.Text{ZH: "数电票", EN: "Fapiao"},
		short:   refusal.Text{ZH: "已登记的数电票", EN: "fapiao that were issued, blue and red"},
		example: "fapiao HT-2025-001", view: "books_fapiao",
		columns: []column{
			{"number", "发票号码", "number", paper80, nil},
			{"colour", "蓝红", "colour", paper80, colourWords},
			{"kind", "票种", "kind", paper110, fapiaoWords},
			{"contract", "合同", "contract", paper80, nil},
			{"invoice", "账单", "invoice", paper80, nil},
			{"red_of", "对应蓝字票", "takes back", 0, nil},
			{"confirmation", "确认单", "confirmation", 0, nil},
			{"issued_on", "开票", "issued", paper80, nil},
			{"buyer", "购买方", "buyer", paper110, nil},
			{"buyer_tax_no", "购买方税号", "buyer's tax number", 0, nil},
			{"seller", "销售方", "seller", 0, nil},
			{"seller_tax_no", "销售方税号", "seller's tax number", 0, nil},
			{"item", "项目", "item", 0, nil},
			{"tax_code", "税收分类编码", "tax code", 0, nil},
			{"vat_rate", "税率", "rate", 0, nil},
			{"net", "不含税", "net", summed, nil},
			{"tax", "税额", "VAT", summed, nil},
			{"gross", "价税合计", "gross", paper80 | summed, nil},
			{"file_sha256", "文件指纹", "hash of the file", 0, nil},
			{"recorded_by", "登记人", "recorded by", 0, nil},
			{"recorded_at", "记录", "recorded", 0, nil},
		},
	}
}
