// Package words says in Chinese and English what the wire format names by codes: duties, statuses, phases,
// acts. It is for people to read; programs use the codes, which never change.
package words

import (
	"strings"

	"lvyue/internal/message"
	"lvyue/internal/refusal"
)

// Duty is the name of the obligation with that id: `renewal-fee/2` is the fee of service year 2. An id that
// is not known is its own name. `fault/3` is a fault, `fault/3/plan` one of its two promises.
func Duty(id string) refusal.Text {
	name, number, _ := strings.Cut(id, "/")
	number, part, _ := strings.Cut(number, "/")
	if part != "" {
		name += "/" + part
	}
	named, known := duties()[name]
	if !known {
		return itself(id)
	}
	fill := strings.NewReplacer("{n}", number)
	return refusal.Text{ZH: fill.Replace(named.ZH), EN: fill.Replace(named.EN)}
}

func duties() map[string]refusal.Text {
	return map[string]refusal.Text{
		"first-payment": {ZH: "首付款", EN: "First payment"},
		"deployment":    {ZH: "系统部署", EN: "Deployment"},
		"renewal-talks": {ZH: "续约商谈（第 {n} 年到期）", EN: "Renewal talks as year {n} ends"},
		"renewal-fee":   {ZH: "第 {n} 年服务费", EN: "Fee of service year {n}"},
		"destruction":   {ZH: "数据销毁", EN: "Destruction of data"},
		"expansion":     {ZH: "扩容（第 {n} 次）", EN: "Expansion no. {n}"},
		"expansion-fee": {ZH: "扩容费（第 {n} 次）", EN: "Price of expansion no. {n}"},
		"migration-in":  {ZH: "迁入（第 {n} 次）", EN: "Migration in no. {n}"},
		"migration-off": {ZH: "迁出（第 {n} 次）", EN: "Migration off no. {n}"},
		"refund":        {ZH: "退款（第 {n} 笔）", EN: "Refund no. {n}"},

		"fault":          {ZH: "故障（第 {n} 号）", EN: "Fault no. {n}"},
		"fault/response": {ZH: "响应（第 {n} 号故障）", EN: "Response to fault no. {n}"},
		"fault/plan":     {ZH: "解决方案（第 {n} 号故障）", EN: "Plan for fault no. {n}"},
	}
}

// Status is the state of an obligation.
func Status(s message.Status) refusal.Text {
	return lookup(map[message.Status]refusal.Text{
		message.Pending: {ZH: "待履行", EN: "pending"},
		message.Overdue: {ZH: "已逾期", EN: "overdue"},
		message.Frozen:  {ZH: "已冻结", EN: "frozen"},
		message.Met:     {ZH: "已履行", EN: "met"},
		message.MetLate: {ZH: "逾期履行", EN: "met late"},
		message.Waived:  {ZH: "已豁免", EN: "waived"},
		message.Void:    {ZH: "已失效", EN: "void"},
	}, s, itself(s))
}

// Phase is where a contract stands.
func Phase(p message.Phase) refusal.Text {
	return lookup(map[message.Phase]refusal.Text{
		message.Signing:         {ZH: "签署中", EN: "signing"},
		message.AwaitingPayment: {ZH: "待付款", EN: "awaiting payment"},
		message.Deploying:       {ZH: "部署中", EN: "deploying"},
		message.InService:       {ZH: "服务中", EN: "in service"},
		message.Ended:           {ZH: "已终止", EN: "ended"},
		message.Destroying:      {ZH: "销毁中", EN: "destroying"},
		message.Destroyed:       {ZH: "已销毁", EN: "destroyed"},
	}, p, itself(p))
}

// Side is a party, or both.
func Side(s message.Side) refusal.Text {
	return lookup(map[message.Side]refusal.Text{
		message.Customer: {ZH: "甲方", EN: "customer"},
		message.Provider: {ZH: "乙方", EN: "provider"},
		message.Both:     {ZH: "双方", EN: "both"},
	}, s, itself(s))
}

// Ground is why a contract ended.
func Ground(g message.Ground) refusal.Text {
	return lookup(map[message.Ground]refusal.Text{
		message.Expiry:        {ZH: "期满", EN: "expiry"},
		message.Agreement:     {ZH: "协议终止", EN: "agreement"},
		message.Breach:        {ZH: "违约", EN: "breach"},
		message.Award:         {ZH: "仲裁裁决", EN: "award"},
		message.LoadShortfall: {ZH: "未达负载标准", EN: "load shortfall"},
		message.Lapse:         {ZH: "未启动而失效", EN: "lapse"},
	}, g, itself(g))
}

// Act is what a person did.
func Act(a message.ActName) refusal.Text {
	return lookup(map[message.ActName]refusal.Text{
		message.Sign:          {ZH: "签署", EN: "signature"},
		message.Pay:           {ZH: "收款", EN: "receipt"},
		message.Designate:     {ZH: "指定部署日", EN: "named deployment day"},
		message.Offer:         {ZH: "续约报价", EN: "renewal offer"},
		message.Reply:         {ZH: "答复报价", EN: "answer to the offer"},
		message.AskQuote:      {ZH: "向云厂商询价", EN: "price asked for"},
		message.Expand:        {ZH: "扩容询价", EN: "expansion asked for"},
		message.AcceptQuote:   {ZH: "接受扩容报价", EN: "quote accepted"},
		message.Expanded:      {ZH: "扩容完成", EN: "expansion carried out"},
		message.MigrateIn:     {ZH: "迁入预演", EN: "migration in asked for"},
		message.CutOver:       {ZH: "切换", EN: "cut-over"},
		message.MigrateOff:    {ZH: "迁出导出", EN: "migration off asked for"},
		message.AcceptPackage: {ZH: "迁出验收", EN: "package accepted"},
		message.Shortfall:     {ZH: "负载未达标记录", EN: "load shortfall"},
		message.Terminate:     {ZH: "终止", EN: "termination"},
		message.Confirm:       {ZH: "确认销毁", EN: "confirmation of destruction"},
		message.Hold:          {ZH: "法定保全", EN: "legal hold"},
		message.ReleaseHold:   {ZH: "解除保全", EN: "release of the hold"},
		message.Waive:         {ZH: "豁免", EN: "waiver"},
		message.Amend:         {ZH: "变更签署", EN: "amendment"},
		message.Dispute:       {ZH: "提出争议", EN: "dispute"},
		message.SettleDispute: {ZH: "争议解决", EN: "settlement of the dispute"},
		message.Retry:         {ZH: "重试", EN: "retry"},
		message.Reverse:       {ZH: "银行退回收款", EN: "receipt taken back by the bank"},
		message.MoveReceipt:   {ZH: "收款移至他合同", EN: "receipt moved to another contract"},
		message.Unapply:       {ZH: "撤销核销", EN: "receipt taken off"},
		message.Apply:         {ZH: "重新核销", EN: "receipt applied again"},
		message.RequestRefund: {ZH: "申请退款", EN: "refund asked for"},
		message.ApproveRefund: {ZH: "批准退款", EN: "refund approved"},
		message.ConfirmRed:    {ZH: "红字确认", EN: "red fapiao confirmed"},
		message.PayRefund:     {ZH: "支付退款", EN: "refund paid"},
		message.Book:          {ZH: "补记入账", EN: "booked"},
		message.ReportFault:   {ZH: "报障", EN: "fault reported"},
		message.Acknowledge:   {ZH: "响应", EN: "acknowledgement"},
		message.Plan:          {ZH: "解决方案", EN: "plan"},
		message.ForceMajeure:  {ZH: "不可抗力", EN: "force majeure"},
		message.LiftMajeure:   {ZH: "解除不可抗力", EN: "end of force majeure"},
		message.Progress:      {ZH: "进展通报", EN: "word of progress"},
		message.HandOver:      {ZH: "移交", EN: "handed over"},
		message.Escalate:      {ZH: "升级", EN: "escalated"},
		message.Resolve:       {ZH: "恢复", EN: "resolved"},
		message.ConfirmFault:  {ZH: "管理员确认", EN: "administrator's word"},
		message.Reopen:        {ZH: "故障再现", EN: "there again"},
		message.Classify:      {ZH: "定性", EN: "classified"},
		message.Explain:       {ZH: "超时说明", EN: "missed hour explained"},
		message.WaiveFault:    {ZH: "豁免超时", EN: "missed hour waived"},
	}, a, itself(a))
}

// Event is what a row of the evidence tells of: an act, a change of an obligation, or something else that
// came about.
func Event(what string) refusal.Text {
	return lookup(map[string]refusal.Text{
		"opened":       {ZH: "义务产生", EN: "duty opened"},
		"counted":      {ZH: "重新推算", EN: "counted again"},
		"moved":        {ZH: "到期日变动", EN: "due day moved"},
		"attention":    {ZH: "需人工处理", EN: "needs attention"},
		"contract":     {ZH: "合同信息", EN: "contract"},
		"phase":        {ZH: "阶段", EN: "phase"},
		"service-year": {ZH: "服务年度开始", EN: "service year began"},
		"receipt":      {ZH: "到账", EN: "money received"},
		"message":      {ZH: "通知", EN: "message"},
		"money":        {ZH: "账目", EN: "books"},
		"quoted":       {ZH: "扩容报价", EN: "price quoted"},
		"quoted-again": {ZH: "购买前核价", EN: "priced again before the purchase"},
		"quote-failed": {ZH: "询价未果", EN: "no price"},
		"grown":        {ZH: "扩容完成", EN: "expanded"},
		"fell-short":   {ZH: "未达负载标准", EN: "load standard missed"},
		"outlook":      {ZH: "续约情况", EN: "renewal outlook"},

		"migrated": {ZH: "已迁入", EN: "migrated"},
		"exported": {ZH: "数据包已导出并核验", EN: "package made and read back"},
		"thawed":   {ZH: "系统恢复可修改", EN: "system takes changes again"},

		"migration-rehearsed": {ZH: "迁入预演成功", EN: "migration rehearsed"},
		"migration-failed":    {ZH: "搬迁未成功", EN: "data not moved"},

		"receipt-changed": {ZH: "收款变动", EN: "receipt changed"},
		"inventory":       {ZH: "销毁前清单", EN: "inventory before destruction"},
		"deployed":        {ZH: "部署完成", EN: "deployed"},
		"certificate":     {ZH: "销毁证明", EN: "certificate of destruction"},

		"fault":            {ZH: "故障信息", EN: "fault"},
		"sla":              {ZH: "一小时承诺", EN: "the hour's promise"},
		"breach-corrected": {ZH: "更正：未超时", EN: "corrected: no breach"},
		"joined":           {ZH: "并入同一故障", EN: "joined the same fault"},
		"disputed":         {ZH: "列入争议", EN: "in dispute"},
		"dispute-settled":  {ZH: "争议了结", EN: "dispute settled"},
		"page":             {ZH: "呼叫", EN: "page"},
		"rung-missed":      {ZH: "错过的呼叫", EN: "call missed"},
		"nobody-on-call":   {ZH: "无人值班", EN: "nobody on call"},
		message.SlackAway:  {ZH: "Slack 曾中断", EN: "Slack was away"},
		"reopened":         {ZH: "再现，另立新号", EN: "lives on as another"},
	}, what, actOrState(what))
}

func actOrState(what string) refusal.Text {
	if text := Act(message.ActName(what)); text != itself(what) {
		return text
	}
	if text := FaultState(message.FaultState(what)); text != itself(what) {
		return text
	}
	return Status(message.Status(what))
}

// Code is a status, a phase or the kind of a message in words; anything else is itself.
func Code(code string) refusal.Text {
	for _, text := range []refusal.Text{Status(message.Status(code)), Phase(message.Phase(code)), Kind(code)} {
		if text != itself(code) {
			return text
		}
	}
	return itself(code)
}

// Kind is why a person was told something.
func Kind(kind string) refusal.Text {
	return lookup(map[string]refusal.Text{
		"reminder":  {ZH: "到期提醒", EN: "reminder"},
		"due-today": {ZH: "今日到期", EN: "due today"},
		"overdue":   {ZH: "已逾期", EN: "overdue"},
		"opened":    {ZH: "义务产生", EN: "duty opened"},
		"moved":     {ZH: "到期日变动", EN: "due day moved"},
		"attention": {ZH: "需人工处理", EN: "needs attention"},
		"reopened":  {ZH: "款项退回，重新应付", EN: "owed again"},
		"quoted":    {ZH: "扩容报价", EN: "price quoted"},
		"migrated":  {ZH: "已迁入", EN: "migrated"},
		"exported":  {ZH: "数据包已导出并核验", EN: "package made and read back"},
		"thawed":    {ZH: "系统恢复可修改", EN: "system takes changes again"},

		"migration-rehearsed": {ZH: "迁入预演成功，可以切换", EN: "migration rehearsed; the cut-over may come"},

		"new-address": {ZH: "请用户改用新地址", EN: "lead the users to the new address"},
		"quote-moved": {ZH: "公布价已变，须重新接受", EN: "the price has moved; accept it anew"},
		"fell-short":  {ZH: "未达负载标准", EN: "load standard missed"},
	}, kind, itself(kind))
}

// lookup is the text for code, or else where there is none.
func lookup[C ~string](texts map[C]refusal.Text, code C, otherwise refusal.Text) refusal.Text {
	if text, known := texts[code]; known {
		return text
	}
	return otherwise
}

// itself is a code as its own name.
func itself[C ~string](code C) refusal.Text { return refusal.Text{ZH: string(code), EN: string(code)} }
