package cli

// questions are all questions, in the order in which finance asks them.
func questions() []question {
	return []question{
		receivablesQuestion(), statementQuestion(), invoicesQuestion(), unappliedQuestion(), bankLinesQuestion(),
		refundsQuestion(), fapiaoQuestion(), trialBalanceQuestion(), ledgerQuestion(), revenueQuestion(),
		monthsQuestion(), renewalsQuestion(), liabilityQuestion(), claimsQuestion(), auditsQuestion(),
	}
}
