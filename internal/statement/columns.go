package statement

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// role is what a column tells, and the path of a wrong field in it.
type role string

const (
	roleDate      role = "date"
	roleAmount    role = "amount"
	roleCredit    role = "credit"
	roleDebit     role = "debit"
	roleDirection role = "direction"
	roleReference role = "reference"
	rolePayer     role = "payer"
	roleAccount   role = "payer_account"
	roleMemo      role = "memo"
	roleCurrency  role = "currency"
	// roleLine is the path of what concerns a line as a whole.
	roleLine role = "line"
)

// column is a role and the names that banks give it.
type column struct {
	role  role
	names []string
}

// columns are all names that are understood. A new bank is a new name here.
func columns() []column {
	return []column{
		{roleDate, []string{
			"交易日期", "记账日期", "入账日期", "日期", "交易日", "记账日", "入账日",
			"date", "booked on", "booking date", "value date", "transaction date", "posting date",
		}},
		{roleAmount, []string{"金额", "交易金额", "发生额", "amount", "transaction amount"}},
		{roleCredit, []string{
			"贷方发生额", "贷方金额", "贷方", "收入", "收入金额", "贷方发生额(收入)", "credit", "credit amount",
		}},
		{roleDebit, []string{
			"借方发生额", "借方金额", "借方", "支出", "支出金额", "借方发生额(支出)", "借方发生额(支取)", "debit", "debit amount",
		}},
		{roleDirection, []string{
			"借贷标志", "借贷标识", "借贷标记", "借贷方向", "借贷", "借/贷", "收支", "收/支", "收支标志", "收支方向", "收支类型",
			"收付标志", "收付方向", "收/付", "交易方向", "direction", "debit/credit", "credit/debit", "dr/cr", "d/c",
		}},
		{roleReference, []string{
			"流水号", "交易流水号", "银行流水号", "凭证号", "reference", "reference number", "transaction id", "transaction reference",
		}},
		{rolePayer, []string{
			"对方户名", "付款人", "付款方", "对方名称", "付款人名称", "付款方名称", "对方账户名称", "收(付)方名称",
			"payer", "payer name", "counterparty", "counterparty name",
		}},
		{roleAccount, []string{
			"对方账号", "付款账号", "付款人账号", "付款方账号", "对方账户", "收(付)方账号", "payer account", "counterparty account",
		}},
		{roleMemo, []string{"摘要", "附言", "用途", "备注", "交易摘要", "memo", "description", "remark", "remarks"}},
		{roleCurrency, []string{"币种", "币别", "货币", "currency"}},
	}
}

// preferred are the names that rule beside others of their role.
func preferred() []string {
	return []string{
		"记账日期", "入账日期", "记账日", "入账日", "booked on", "booking date", "posting date",
		"流水号", "交易流水号", "银行流水号", "reference", "reference number", "transaction id", "transaction reference",
	}
}

// vocabulary finds the role of a header by its plain name.
func vocabulary() map[string]role {
	roles := map[string]role{}
	for _, c := range columns() {
		for _, name := range c.names {
			roles[plain(name)] = c.role
		}
	}
	return roles
}

// names are all names of the given roles, for a sentence.
func names(roles ...role) string {
	var all []string
	for _, wanted := range roles {
		for _, c := range columns() {
			if c.role == wanted {
				all = append(all, c.names...)
			}
		}
	}
	return strings.Join(all, "、")
}

// unit is a currency at the end of a header: 金额(元), 金额/元. Only the yuan is dropped: an amount of another
// currency must not pass as yuan.
var unit = regexp.MustCompile(`(?:[(\[【](?:单位)?(?:元|人民币|人民币元|cny|rmb|¥)[)\]】]|/元)$`)

// plain is a header without what banks write differently: width, case, spaces, marks and the unit.
func plain(header string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) || strings.ContainsRune("_-*:.", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(header))
	return unit.ReplaceAllString(kept, "")
}
