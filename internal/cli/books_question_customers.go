package cli

import (
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// receivablesQuestion asks for what customers owe.
func receivablesQuestion() question {
	return question{
		command: "receivables", title: refusal.Text{ZH: "应收账款", EN: "Receivables"},
		short:   refusal.Text{ZH: "未付账单及逾期天数（§5.4、§5.6）", EN: "invoices not paid, and how late they are (§5.4, §5.6)"},
		example: "receivables --as-of 2026-03-31\n  starter books receivables --aging --xlsx aging.xlsx", view: "books_receivable",
		option: "aging", instead: agingQuestion,
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
	}
}

// statementQuestion asks for what moved the account of one contract.
func statementQuestion() question {
	return question{
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
	}
}

// invoicesQuestion asks for all invoices and credit notes.
func invoicesQuestion() question {
	return question{
		command: "invoices [NUMBER]", about: "contract", title: refusal.Text{ZH: "账单", EN: "Invoices"},
		short:   refusal.Text{ZH: "账单和贷项单（§5.3）", EN: "invoices and credit notes (§5.3)"},
		example: "invoices HT-2025-001", view: "books_invoice",
		ties:    []tie{{column: "open", account: "1122"}},
		columns: invoiceColumns(),
	}
}

// agingQuestion asks for what each contract owes, by how late it is.
func agingQuestion() question {
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

// invoiceColumns are the columns of invoices, of all and of one.
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
