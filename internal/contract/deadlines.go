package contract

import (
	"fmt"

	"lvyue/internal/workday"
)

// The rules that count working days. Their names stand in histories and in the evidence, so that a notice of
// the State Council can count again what it moved.
const (
	FirstPaymentRule  = "first-payment"  // §5.4
	DeploymentRule    = "deployment"     // §5.5
	RenewalWindowRule = "renewal-window" // §5.6
	DestructionRule   = "destruction"    // §7.2
)

// Working days that the contract gives.
const (
	firstPaymentDays  = 5
	deploymentDays    = 2
	renewalWindowDays = 15
	destructionDays   = 5
)

// Deadline is a counted day, Asia/Shanghai. Provisional: it counts a year without a notice and may move;
// Calendar is the version that it was counted by.
type Deadline struct {
	On          workday.Date `json:"on"`
	Provisional bool         `json:"provisional,omitempty"`
	Calendar    string       `json:"calendar"`
}

// Count counts by the rule of that name. Named is the day that the customer names under §5.5, zero for none;
// the other rules do not read it. An unknown rule is an error, as is a year that no calendar covers.
func Count(c *workday.Calendar, rule string, from, named workday.Date) (Deadline, error) {
	switch rule {
	case FirstPaymentRule:
		return FirstPaymentDue(c, from)
	case DeploymentRule:
		return DeploymentDue(c, from, named)
	case RenewalWindowRule:
		return RenewalWindow(c, from)
	case DestructionRule:
		return DestructionDue(c, from)
	default:
		return Deadline{}, fmt.Errorf("no rule %q counts working days", rule)
	}
}

// FirstPaymentDue is the last day for the first fee: the 5th working day after the effective day (§5.4).
func FirstPaymentDue(c *workday.Calendar, effective workday.Date) (Deadline, error) {
	return deadline(c.AddWorkingDays(effective, firstPaymentDays))
}

// DeploymentDue is the last day for the deployment: the 2nd working day after the receipt of the full fee, or
// the later day that the customer names (§5.5). A named day inside the two working days leaves the due day as
// it is; a named day that is not a working day stands. While the two working days may still move, so may the later
// of the two days: it is provisional with them.
func DeploymentDue(c *workday.Calendar, receipt, named workday.Date) (Deadline, error) {
	due, err := deadline(c.AddWorkingDays(receipt, deploymentDays))
	due.On = workday.Later(due.On, named)
	return due, err
}

// RenewalWindow is the first day of the renewal talks: the 15th working day strictly before the last day of
// the service year (§5.6).
func RenewalWindow(c *workday.Calendar, last workday.Date) (Deadline, error) {
	return deadline(c.WorkingDaysBefore(last, renewalWindowDays))
}

// DestructionDue is the last day for the destruction: the 5th working day after the last day of the contract
// (§7.2).
func DestructionDue(c *workday.Calendar, ended workday.Date) (Deadline, error) {
	return deadline(c.AddWorkingDays(ended, destructionDays))
}

// LapseDay is the last day of a contract whose service never starts: the last day of one year from the
// effective day (§5.1).
func LapseDay(effective workday.Date) workday.Date {
	return workday.ServiceYear(effective, 1).Last
}

// ServiceStart is the first day of the first service year: the later of the day that the customer names and
// the day on which the system became usable (§5.5).
func ServiceStart(named, usable workday.Date) workday.Date {
	return workday.Later(named, usable)
}

func deadline(r workday.Result, err error) (Deadline, error) {
	if err != nil {
		return Deadline{}, fmt.Errorf("count working days: %w", err)
	}
	return Deadline{On: r.Date, Provisional: r.Provisional, Calendar: r.Calendar}, nil
}
