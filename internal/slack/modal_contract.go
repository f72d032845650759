package slack

import (
	"context"
	"fmt"

	"lvyue/internal/money"
	"lvyue/internal/refusal"
)

// destructionModal (§7.2): who confirms types the contract's number.
func destructionModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "确认销毁", EN: "Destruction"}, submit: refusal.Text{ZH: "确认", EN: "Confirm"},
		inputs: []input{{id: "number", label: refusal.Text{ZH: "请输入合同编号", EN: "Type the contract's number"}, entry: oneLine}},
		intro: func(about) refusal.Text {
			return refusal.Text{
				ZH: "数据销毁不可恢复，须由两人分别确认。", EN: "The data cannot be had back. Two persons must each confirm.",
			}
		},
		verify: func(_ context.Context, _ *Handler, a about, in values) (map[string]refusal.Text, error) {
			if in.text("number") == a.Contract {
				return map[string]refusal.Text{}, nil
			}
			return map[string]refusal.Text{"number": {ZH: "与合同编号 " + a.Contract + " 不符", EN: "is not " + a.Contract}}, nil
		},
	}
}

// offerModal (§5.6, §5.8).
func offerModal(zh, en string) *modal {
	return &modal{title: refusal.Text{ZH: zh, EN: en}, inputs: []input{feeInput()}, verify: verifyFee}
}

func feeInput() input {
	return input{id: "fee", label: refusal.Text{ZH: "年服务费（元）", EN: "Annual fee in CNY"}, entry: oneLine}
}

func verifyFee(_ context.Context, _ *Handler, _ about, in values) (map[string]refusal.Text, error) {
	fee, err := money.Parse(in.text("fee"))
	if no, ok := refusal.As(err); ok {
		return map[string]refusal.Text{"fee": no.Text}, nil
	}
	if err == nil && !fee.IsPositive() {
		return map[string]refusal.Text{"fee": {ZH: "须大于零", EN: "must be more than zero"}}, nil
	}
	return nil, err
}

// agreeModal (§5.6): who agrees types the fee that is agreed to, so that nobody agrees to another offer than they have seen.
func agreeModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "同意续约", EN: "Agree"}, submit: refusal.Text{ZH: "同意", EN: "Agree"}, inputs: []input{feeInput()},
		verify: func(ctx context.Context, h *Handler, a about, in values) (map[string]refusal.Text, error) {
			if wrong, err := verifyFee(ctx, h, a, in); len(wrong) > 0 || err != nil {
				return wrong, err
			}
			offered, err := h.Books.Offered(ctx, a.Contract)
			switch {
			case err != nil:
				return nil, err
			case offered == nil:
				return map[string]refusal.Text{"fee": {ZH: "目前没有待答复的报价", EN: "there is no open offer to answer"}}, nil
			case !offered.Fee.Equal(amount(in.text("fee"))):
				return map[string]refusal.Text{"fee": {ZH: "桌上的报价是 " + offered.Fee.String() + " 元", EN: "the offer on the table is CNY " + offered.Fee.String()}}, nil
			}
			return map[string]refusal.Text{}, nil
		},
	}
}

// quoteModal (§5.7) shows the amount that is accepted: that of the card, else that of the quote as it stands.
func quoteModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "接受报价", EN: "Accept quote"}, submit: refusal.Text{ZH: "接受", EN: "Accept"},
		prepare: func(ctx context.Context, h *Handler, a *about) (*refusal.Refusal, error) {
			if _, err := money.Parse(a.What); err == nil {
				return nil, nil
			}
			rows, err := h.Books.Contracts(ctx, a.Contract)
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 || !rows[0].Quoted.IsPositive() {
				return refusal.Rule("no_quote", "5.7", "该合同没有待接受的扩容报价。", "This contract has no quote to accept."), nil
			}
			a.What = rows[0].Quoted.String()
			return nil, nil
		},
		intro: func(a about) refusal.Text {
			return refusal.Text{ZH: "接受扩容报价：" + a.What + " 元", EN: "Accept the quote for the expansion: CNY " + a.What}
		},
	}
}

// retryModal asks again before a parked duty is tried.
func retryModal() *modal {
	return &modal{
		title: refusal.Text{ZH: "重试", EN: "Retry"}, submit: refusal.Text{ZH: "重试", EN: "Retry"},
		intro: func(a about) refusal.Text {
			return refusal.Text{ZH: fmt.Sprintf("重新执行“%s”。", a.What), EN: fmt.Sprintf("Try %q again.", a.What)}
		},
	}
}
