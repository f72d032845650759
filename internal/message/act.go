package message

import (
	"encoding/json"
	"time"

	"lvyue/internal/contract"
	"lvyue/internal/money"
	"lvyue/internal/refusal"
	"lvyue/internal/workday"
)

// Side is a party of the contract.
type Side string

// The two parties, 甲方 and 乙方, and what both owe together.
const (
	Customer Side = "customer"
	Provider Side = "provider"
	Both     Side = "both"
)

// ActName names what a person does to a contract; it is the name of the update that carries it.
type ActName string

// The acts of this engine, with the clause each rests on.
const (
	Sign          ActName = "sign"             // §5.1
	Pay           ActName = "pay"              // §5.4, §5.6
	Designate     ActName = "designate"        // §5.5
	Offer         ActName = "offer"            // §5.6, §5.8
	Reply         ActName = "answer"           // §5.6
	AskQuote      ActName = "quote"            // §5.7: the vendor is asked for the price of more capacity
	Expand        ActName = "expand"           // §5.7: more capacity, at a price
	AcceptQuote   ActName = "accept-quote"     // §5.7
	Expanded      ActName = "expanded"         // §5.7: the capacity is there
	Shortfall     ActName = "shortfall"        // §1.4
	Terminate     ActName = "terminate"        // §1.4, §5.2
	Confirm       ActName = "confirm"          // §7.2
	Hold          ActName = "hold"             // §7.2
	ReleaseHold   ActName = "release-hold"     // §7.2
	Waive         ActName = "waive"            // a breach or duty let go
	Amend         ActName = "amend"            // §6.4
	Dispute       ActName = "dispute"          // §6.1, §6.3
	SettleDispute ActName = "settle-dispute"   // §6.2
	MigrateIn     ActName = "migrate-in"       // §3.7: the old system's data is rehearsed onto the cloud
	CutOver       ActName = "cut-over"         // §3.7: the old system stops, the new one takes over
	MigrateOff    ActName = "migrate-off"      // §3.8: a package of all data is made
	AcceptPackage ActName = "accept-migration" // §3.8: the customer has accepted it in writing
	Retry         ActName = "retry"            // a parked duty is tried again
	Reverse       ActName = "reverse"          // §5.4: the bank took a receipt back
	MoveReceipt   ActName = "move"             // §5.4: a receipt was another contract's
	Unapply       ActName = "unapply"          // §5.4: a receipt is kept from being applied
	Apply         ActName = "apply"            // §5.4: a receipt kept back is applied again
	RequestRefund ActName = "request-refund"   // §1.4, §5.4
	ApproveRefund ActName = "approve-refund"   // §1.4, §5.4: by another person
	ConfirmRed    ActName = "confirm-red"      // §1.4: the red fapiao is confirmed
	PayRefund     ActName = "pay-refund"       // §1.4, §5.4
	Book          ActName = "book"             // a contract older than the books is booked
)

// Actor is who acts: the person (or the party, for acts of a party), in which role, by which way in
// ("cli", "rehearsal").
type Actor struct {
	Who  string `json:"who"`
	Role string `json:"role,omitempty"`
	Way  string `json:"way"`
}

// Act is one act of a person as it stands in the inbox.
//
// ID is the business id: a repeated ID is answered with the first answer. Seq numbers the acts of one contract
// in order of receipt from 1. ReceivedAt is the moment that counts for deadlines, however late the act is applied. Fault is the
// contract's fault to which it is done, 0 for the contract itself.
type Act struct {
	ID         string          `json:"id"`
	Seq        int64           `json:"seq"`
	Name       ActName         `json:"name"`
	Contract   string          `json:"contract"`
	Fault      int             `json:"fault,omitempty"`
	Actor      Actor           `json:"actor"`
	ReceivedAt time.Time       `json:"received_at"`
	Body       json.RawMessage `json:"body"`
}

// Answer is what the engine says to an act: a sentence, or a refusal, and nothing half done.
type Answer struct {
	refusal.Text
	Refusal *refusal.Refusal `json:"refusal,omitempty"`
}

// Signature is the body of Sign: a party signs the form whose hash is FormHash on the day On (§5.1). On may
// lie before the day of receipt, never after; zero means that day. Authority is legal-representative or
// authorised.
type Signature struct {
	By        Side         `json:"by"`
	On        workday.Date `json:"on,omitzero"`
	FormHash  string       `json:"form_hash"`
	Signatory string       `json:"signatory,omitempty"`
	Authority string       `json:"authority,omitempty"`
	Sealed    bool         `json:"sealed,omitempty"`
}

// Payment is the body of Pay: money on the provider's bank account. Reference is the bank's; On is the day of
// the credit, at most the day of receipt; zero means that day. Line is the bank line that it was matched from, 0 if a
// person entered it.
type Payment struct {
	Amount    money.CNY    `json:"amount"`
	On        workday.Date `json:"on,omitzero"`
	Reference string       `json:"reference"`
	Account   string       `json:"account,omitempty"`
	Line      int64        `json:"line,omitempty"`
}

// Return is the body of Reverse and of MoveReceipt: the receipt of that Reference ceases to count. On is the day of it, at most
// the day of receipt; zero means that day. BankReference and Line name the bank's own line of a reversal; To is the
// contract to which the money is moved.
type Return struct {
	Reference     string       `json:"reference"`
	On            workday.Date `json:"on,omitzero"`
	BankReference string       `json:"bank_reference,omitempty"`
	Line          int64        `json:"line,omitempty"`
	To            string       `json:"to,omitempty"`
	Reason        string       `json:"reason,omitempty"`
}

// Keeping is the body of Unapply and of Apply: the receipt of that Reference.
type Keeping struct {
	Reference string `json:"reference"`
	Reason    string `json:"reason,omitempty"`
}

// RefundRequest is the body of RequestRefund. Amount is read for an overpayment only: §1.4 says itself how much.
type RefundRequest struct {
	Reason string    `json:"reason"`
	Amount money.CNY `json:"amount,omitzero"`
}

// RefundStep is the body of ApproveRefund, ConfirmRed and PayRefund, about the refund of that obligation. Confirmation
// is the number of the 红字信息确认单. Of a payout, On is the day, at most that of receipt (zero: that day), Reference
// and Account the bank's reference and the account that paid, Line the bank line if it was imported.
type RefundStep struct {
	Refund       string       `json:"refund"`
	Confirmation string       `json:"confirmation,omitempty"`
	On           workday.Date `json:"on,omitzero"`
	Reference    string       `json:"reference,omitempty"`
	Account      string       `json:"account,omitempty"`
	Line         int64        `json:"line,omitempty"`
}

// Designation is the body of Designate: the day that the customer names for the deployment (§5.5).
type Designation struct {
	DeployOn workday.Date `json:"deploy_on"`
}

// Proposal is the body of Offer: the fee of the next service year, and what is asked for in it. A nil Terms
// asks for what was asked last in these talks, else for what the present fee was agreed for.
type Proposal struct {
	By    Side                    `json:"by"`
	Fee   money.CNY               `json:"fee"`
	Terms *contract.Configuration `json:"terms,omitempty"`
}

// Decision is the body of Reply: the offer on the table is accepted or declined.
type Decision struct {
	Accept bool `json:"accept"`
}

// Measurement is the body of Shortfall: the load standard asks for Required, Measured was reached (§1.4).
type Measurement struct {
	Required int64  `json:"required"`
	Measured int64  `json:"measured"`
	Evidence string `json:"evidence"`
}

// Termination is the body of Terminate. The contract ends at 24:00 of On.
type Termination struct {
	Ground   Ground       `json:"ground"`
	On       workday.Date `json:"on"`
	Document string       `json:"document,omitempty"`
}

// Ground is why a contract ends.
type Ground string

// The grounds that a person may give, and the two ways of ending by time alone.
const (
	Expiry        Ground = "expiry"         // §5.2 no renewal
	Agreement     Ground = "agreement"      // both parties agree to end
	Breach        Ground = "breach"         // by law
	Award         Ground = "award"          // §6.2
	LoadShortfall Ground = "load-shortfall" // §1.4
	Lapse         Ground = "lapse"          // §5.1 no service year ever started; never given by a person
)

// Confirmation is the body of Confirm, Hold and ReleaseHold. What is "destruction".
type Confirmation struct {
	What   string `json:"what"`
	Reason string `json:"reason,omitempty"`
}

// Waiver is the body of Waive.
type Waiver struct {
	Obligation string `json:"obligation"`
	Reason     string `json:"reason,omitempty"`
}

// Amendment is the body of Amend: a party signs the changed form (§6.4). Document is the hash of the paper.
type Amendment struct {
	By       Side           `json:"by"`
	FormHash string         `json:"form_hash"`
	Terms    contract.Terms `json:"terms"`
	Document string         `json:"document,omitempty"`
}

// Complaint is the body of Dispute: the obligations in dispute freeze (§6.3).
type Complaint struct {
	By          Side     `json:"by"`
	Obligations []string `json:"obligations"`
}

// Settlement is the body of SettleDispute. Dispute counts from 1; 0 means the latest open one.
type Settlement struct {
	Dispute int    `json:"dispute,omitempty"`
	Outcome string `json:"outcome"`
}

// Again is the body of Retry: the parked duty, `deployment` or `destruction`.
type Again struct {
	Duty string `json:"duty"`
}
