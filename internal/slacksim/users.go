package slacksim

import "strings"

func userInfo(w *workspace, c call) (answer, error) {
	u, err := w.user(c.text("user"))
	if err != nil {
		return nil, err
	}
	return answer{"user": u.onWire(w.may("users:read.email"))}, nil
}

func listUsers(w *workspace, c call) (answer, error) {
	list, next, err := page(w.users, c)
	if err != nil {
		return nil, err
	}
	told := []answer{}
	for _, u := range list {
		told = append(told, u.onWire(w.may("users:read.email")))
	}
	return answer{"members": told, "cache_ts": w.now().Unix(), "response_metadata": answer{"next_cursor": next}}, nil
}

// lookupByEmail finds nobody who is deactivated.
func lookupByEmail(w *workspace, c call) (answer, error) {
	email, err := c.need("email")
	if err != nil {
		return nil, err
	}
	for _, u := range w.users {
		if strings.EqualFold(u.Email, email) && !u.Deleted {
			return answer{"user": u.onWire(true)}, nil
		}
	}
	return nil, refuse("users_not_found")
}
