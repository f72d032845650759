package cli

import (
	"slices"

	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// questions are all questions, in the order in which finance asks them.
func questions() []question {
	return slices.Concat(questionsOfCustomers(), questionsOfMoney(), questionsOfBooks(), questionsOfDuties())
}

// questionsOfCustomers are about what customers owe.
func questionsOfCustomers() []question {
	return []question{
		{
			command: "receivables", title: refusal.Text{ZH: "应收账款", EN: "Receivables"},
			short:   refusal.Text{ZH: "未付账单及逾期天数（§5.4、§5.6）", EN: "invoices not paid, and how late they are (§5.4, §5.6)"},
			example: "receivables --as-of 2026-03-31\n  starter books receivables --aging --xlsx aging.xlsx", view: "books_receivable",
			option: "aging", instead: aging,
			ties: []tie{{column: "open", account: "1122"}},
			columns: []column{
				{"contract", "合同", "contract", paper80, nil},
				{"buyer", "客户", "customer", paper110, nil},
				{"number", "账单", "invoice", paper80, nil},
				{"charge", "费用", "charge", 0, chargeWords},
				{"obligation", "义务", "duty", 0, words.Duty},
				{"service_year", "年度", "year", 0, nil},
				{"issued_on", "开具", "issued", 0, nil},
				{"due_on", "到期", "due", paper80, nil},
				{"gross", "账单金额", "gross", paper110 | summed, nil},
				{"received", "已收", "received", paper110 | summed, nil},
				{"credited", "已贷记", "credited", summed, nil},
				{"written_off", "已豁免", "waived", summed, nil},
				{"open", "未付", "open", paper80 | summed, nil},
				{"days_late", "逾期天", "late", paper80, nil},
				{"working_days_late", "逾期工作日", "working days late", 0, nil},
				{"bucket", "账龄", "age", paper80, bucketWords},
				{"duty", "义务状态", "duty is", paper110, statusWords},
				{"provisional", "到期暂定", "due is provisional", 0, nil},
				{"recorded_at", "记录", "recorded", 0, nil},
			},
		},
		{
			command: "statement NUMBER", least: 1, about: "contract", title: refusal.Text{ZH: "对账单", EN: "Statement of account"},
			short:   refusal.Text{ZH: "一份合同的对账单：余额为正，客户欠款；为负，客户有余款", EN: "a contract's statement of account: what its customer owes, or has with us (below zero)"},
			example: "statement HT-2025-001", view: "books_statement",
			columns: []column{
				{"effective_on", "日期", "day", paper80, nil},
				{"document", "单据", "document", paper80, documentWords},
				{"number", "编号", "number", paper80 | withNext, numberWords},
				{"about", "对应", "about", 0, aboutWords},
				{"debit", "应收增加", "debit", paper80 | summed, nil},
				{"credit", "应收减少", "credit", paper80 | summed, nil},
				{"applied", "核销", "applied", paper110, nil},
				{"balance", "余额", "balance", paper80, nil},
				{"recorded_at", "记录", "recorded", 0, nil},
				{"actor", "经办", "by", 0, nil},
				{"key", "业务编号", "key", 0, nil},
				{"posting", "凭证号", "posting", 0, nil},
			},
		},
		{
			command: "invoices [NUMBER]", about: "contract", title: refusal.Text{ZH: "账单", EN: "Invoices"},
			short:   refusal.Text{ZH: "账单和贷项单（§5.3）", EN: "invoices and credit notes (§5.3)"},
			example: "invoices HT-2025-001", view: "books_invoice",
			ties:    []tie{{column: "open", account: "1122"}},
			columns: invoiceColumns(),
		},
	}
}

// questionsOfMoney are about what came in and went out.
func questionsOfMoney() []question {
	return []question{
		{
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
		},
		{
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
		},
		{
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
		},
		{
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
		},
	}
}

// aging is what each contract owes, by how late it is.
func aging() question {
	return question{
		command: "receivables", title: refusal.Text{ZH: "账龄", EN: "Aging"},
		short: refusal.Text{ZH: "每份合同的账龄", EN: "the sums of each contract by age"},
		view:  "books_aging",
		ties:  []tie{{column: "total", account: "1122"}},
		columns: []column{
			{"contract", "合同", "contract", paper80, nil},
			{"customer", "客户", "customer", paper110, nil},
			{"not_due", "未到期", "not due", paper80 | summed, nil},
			{"d1_30", "1–30 天", "1–30", paper80 | summed, nil},
			{"d31_60", "31–60 天", "31–60", paper80 | summed, nil},
			{"d61_90", "61–90 天", "61–90", paper80 | summed, nil},
			{"over_90", "90 天以上", "over 90", paper80 | summed, nil},
			{"total", "合计", "total", paper80 | summed, nil},
			{"oldest_due", "最早到期", "oldest due", paper110, nil},
		},
	}
}

func invoiceColumns() []column {
	return []column{
		{"number", "编号", "number", paper80 | withNext, nil},
		{"credits", "贷记", "credits", 0, nil},
		{"kind", "单据", "document", paper110, documentWords},
		{"reason", "原因", "reason", 0, reasonWords},
		{"contract", "合同", "contract", paper80, nil},
		{"buyer", "客户", "customer", paper110, nil},
		{"seller", "销售方", "seller", 0, nil},
		{"charge", "费用", "charge", 0, chargeWords},
		{"obligation", "义务", "duty", 0, words.Duty},
		{"service_year", "年度", "year", 0, nil},
		{"issued_on", "开具", "issued", paper80, nil},
		{"due_on", "到期", "due", paper110, nil},
		{"gross", "价税合计", "gross", paper80 | summed, nil},
		{"net", "不含税", "net", summed, nil},
		{"tax", "税额", "VAT", summed, nil},
		{"vat_rate", "税率", "rate", 0, nil},
		{"capital", "大写", "in capitals", 0, nil},
		{"received", "已收", "received", paper80 | summed, nil},
		{"credited", "已贷记", "credited", paper110 | summed, nil},
		{"written_off", "已豁免", "waived", summed, nil},
		{"open", "未付", "open", paper80 | summed, nil},
		{"actor", "经办", "by", 0, nil},
		{"recorded_at", "记录", "recorded", 0, nil},
		{"key", "业务编号", "key", 0, nil},
	}
}
