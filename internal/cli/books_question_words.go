package cli

import (
	"strings"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
	"lvyue/internal/words"
)

// said is a code in words; one that is not known is its own name.
func said(code string, texts map[string]refusal.Text) refusal.Text {
	if known, is := texts[code]; is {
		return known
	}
	return refusal.Text{ZH: code, EN: code}
}

// documentWords is the kind of a document.
func documentWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"invoice":             {ZH: "账单", EN: "invoice"},
		"credit-note":         {ZH: "贷项单", EN: "credit note"},
		"payment":             {ZH: "收款", EN: "payment"},
		"payment-end":         {ZH: "收款撤销", EN: "payment undone"},
		"allocation":          {ZH: "核销", EN: "applied"},
		"write-off":           {ZH: "豁免", EN: "waived"},
		"refund-payout":       {ZH: "退款付出", EN: "refund paid"},
		"bank-line":           {ZH: "银行流水", EN: "bank line"},
		"revenue":             {ZH: "收入确认", EN: "revenue"},
		"compensation":        {ZH: "应付赔偿", EN: "compensation"},
		"compensation-payout": {ZH: "赔偿付出", EN: "compensation paid"},
	})
}

// numberWords is what a document is called, where that is an id.
func numberWords(code string) refusal.Text {
	if n, is := strings.CutPrefix(code, "claim/"); is {
		return refusal.Text{ZH: "索赔 " + n, EN: "claim " + n}
	}
	return aboutWords(code)
}

// aboutWords is what a document is about, where that is a code.
func aboutWords(code string) refusal.Text {
	if strings.HasPrefix(code, "refund/") {
		return words.Duty(code)
	}
	return said(code, map[string]refusal.Text{
		message.Reversed: {ZH: "银行退回", EN: "taken back by the bank"},
		message.Moved:    {ZH: "转入他合同", EN: "moved to another contract"},
	})
}

// bucketWords is a column of the aging table.
func bucketWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"not-due": {ZH: "未到期", EN: "not due"},
		"1-30":    {ZH: "1–30 天", EN: "1–30 days"},
		"31-60":   {ZH: "31–60 天", EN: "31–60 days"},
		"61-90":   {ZH: "61–90 天", EN: "61–90 days"},
		"over-90": {ZH: "90 天以上", EN: "over 90 days"},
	})
}

func chargeWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		string(message.AnnualFee): {ZH: "年服务费", EN: "annual fee"}, string(message.ExpansionCharge): {ZH: "扩容费", EN: "expansion"},
	})
}

// reasonWords is why a credit note was written, or a refund is owed.
func reasonWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"repriced":                {ZH: "改价", EN: "repriced"},
		"void":                    {ZH: "年度未开始", EN: "the year never began"},
		"refund":                  {ZH: "退款", EN: "refund"},
		message.RefundShortfall:   {ZH: "未达负载标准", EN: "load shortfall"},
		message.RefundOverpayment: {ZH: "多付", EN: "overpaid"},
	})
}

// whyWords is why a contract is suggested for a bank line.
func whyWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"number":        {ZH: "写明合同号", EN: "names it"},
		"number-amount": {ZH: "合同号、金额相符", EN: "number and amount"},
		"payer":         {ZH: "付款方相符", EN: "payer"},
		"payer-amount":  {ZH: "付款方、金额相符", EN: "payer and amount"},
		"several":       {ZH: "多份合同相符", EN: "several fit"},
	})
}

func unappliedWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{"payment": {ZH: "合同余款", EN: "contract"}, "line": {ZH: "未认领", EN: "unmatched"}})
}

func accountKindWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"asset": {ZH: "资产", EN: "asset"}, "liability": {ZH: "负债", EN: "liability"}, "income": {ZH: "收入", EN: "income"},
		"expense": {ZH: "费用", EN: "expense"},
	})
}

// stateWords is how far a refund has come.
func stateWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"requested":   {ZH: "待批准", EN: "to be approved"},
		"waiting-red": {ZH: "待红字确认", EN: "waits for red fapiao"},
		"payable":     {ZH: "待付款", EN: "to be paid"},
		"paid":        {ZH: "已付", EN: "paid"},
		"dropped":     {ZH: "已放弃", EN: "dropped"},
	})
}

// verdictWords is whether a fee may rise (§5.8).
func verdictWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{
		"agreed":       {ZH: "已议定", EN: "agreed"},
		"may-not-rise": {ZH: "不得涨价", EN: "may not rise"},
		"may-rise":     {ZH: "可以涨价", EN: "may rise"},
	})
}

func colourWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{"blue": {ZH: "蓝字", EN: "blue"}, "red": {ZH: "红字", EN: "red"}})
}

func fapiaoWords(code string) refusal.Text {
	return said(code, map[string]refusal.Text{"special": {ZH: "专用", EN: "special"}, "ordinary": {ZH: "普通", EN: "ordinary"}})
}

func sideWords(code string) refusal.Text { return words.Side(message.Side(code)) }

func statusWords(code string) refusal.Text { return words.Status(message.Status(code)) }
