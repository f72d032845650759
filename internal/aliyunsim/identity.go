package aliyunsim

// accountNumber is the simulated account's; no real one is so short.
const accountNumber = "100000"

// tellIdentity says whose key it is.
func tellIdentity(*state, call) (answer, error) {
	return answer{
		"IdentityType": "RAMUser", "AccountId": accountNumber, "UserId": "2" + accountNumber, "PrincipalId": "2" + accountNumber,
		"Arn": "acs:ram::" + accountNumber + ":user/lvyue",
	}, nil
}
