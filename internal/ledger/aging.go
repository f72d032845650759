package ledger

// Bucket is the code of the column of an aging table (账龄) in which a claim that many whole days past its due
// day stands: "not-due" up to and including the due day, "1-30", "31-60", "61-90", "over-90".
func Bucket(daysLate int) string {
	switch {
	case daysLate <= 0:
		return "not-due"
	case daysLate <= 30:
		return "1-30"
	case daysLate <= 60:
		return "31-60"
	case daysLate <= 90:
		return "61-90"
	default:
		return "over-90"
	}
}
