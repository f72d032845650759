package aliyunsim

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"
)

// createAccount makes an account without rights.
func createAccount(s *state, c call) (answer, error) {
	_, in, err := s.inside(c)
	name, password := c.text("AccountName"), c.text("AccountPassword")
	switch {
	case err != nil:
		return nil, err
	case c.text("AccountType") != "" && c.text("AccountType") != "Normal":
		return nil, refuse(http.StatusBadRequest, "InvalidParameter.NotSimulated", "AccountType %s is not simulated.", c.text("AccountType"))
	case !baseName.MatchString(name):
		return nil, refuse(http.StatusBadRequest, "InvalidAccountName.Format", "Specified account name is not valid.")
	case !strong(password):
		return nil, refuse(http.StatusBadRequest, "InvalidAccountPassword.Format", "Specified account password is not valid.")
	case in.Accounts[name] != nil:
		return nil, refuse(http.StatusBadRequest, "InvalidAccountName.Duplicate", "Specified account name already exists.")
	}
	if in.Accounts == nil {
		in.Accounts = map[string]*account{}
	}
	in.Accounts[name] = &account{Password: password}
	return answer{}, nil
}

// strong is the vendor's rule: 8 to 32 signs of at least three of the four sorts.
func strong(password string) bool {
	sorts := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			sorts["upper"] = true
		case unicode.IsLower(r):
			sorts["lower"] = true
		case unicode.IsDigit(r):
			sorts["digit"] = true
		case strings.ContainsRune("!@#$%^&*()_+-=", r):
			sorts["sign"] = true
		default:
			return false
		}
	}
	return len(password) >= 8 && len(password) <= 32 && len(sorts) >= 3
}

// describeAccounts gives all on one page.
func describeAccounts(s *state, c call) (answer, error) {
	t, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	list := []answer{}
	for _, name := range slices.Sorted(maps.Keys(in.Accounts)) {
		if asked := c.text("AccountName"); asked != "" && asked != name {
			continue
		}
		rights := []answer{}
		for _, base := range slices.Sorted(maps.Keys(in.Accounts[name].Rights)) {
			rights = append(rights, answer{"DBName": base, "AccountPrivilege": in.Accounts[name].Rights[base]})
		}
		list = append(list, answer{
			"AccountName": name, "DBInstanceId": t.ID, "AccountType": "Normal", "AccountStatus": "Available",
			"DatabasePrivileges": answer{"DatabasePrivilege": rights},
		})
	}
	return answer{"Accounts": answer{"DBInstanceAccount": list}}, nil
}

// grant gives an account one right on one database, in the place of what it had there.
func grant(s *state, c call) (answer, error) {
	_, in, err := s.inside(c)
	if err != nil {
		return nil, err
	}
	who, name, right := in.Accounts[c.text("AccountName")], c.text("DBName"), c.text("AccountPrivilege")
	switch {
	case who == nil:
		return nil, refuse(http.StatusNotFound, "InvalidAccountName.NotFound", "Specified account name does not exist.")
	case in.Databases[name] == nil:
		return nil, refuse(http.StatusNotFound, "InvalidDBName.NotFound", "Specified DB name does not exist.")
	case !slices.Contains([]string{"ReadWrite", "ReadOnly", "DDLOnly", "DMLOnly"}, right):
		return nil, refuse(http.StatusBadRequest, "InvalidAccountPrivilege.Format", "Specified account privilege is not valid.")
	}
	if who.Rights == nil {
		who.Rights = map[string]string{}
	}
	who.Rights[name] = right
	return answer{}, nil
}
