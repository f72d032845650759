package test

import (
	"strings"
	"testing"
)

// nobody listens there.
const nowhere = "127.0.0.1:1"

// databaseAway: nothing can be stored, and the sentence says so without the password.
func databaseAway(t *testing.T, u user) {
	const secret = "k7-secret"
	away := u.with("DATABASE_URL=postgres://lvyue:" + secret + "@" + nowhere + "/lvyue").with("TEMPORAL_ADDRESS=" + nowhere)
	for _, command := range []string{"list", "show NONE-1", "timeline NONE-1", "rebuild", "pay NONE-1 --amount 1.00 --reference R1"} {
		away.say(t, []line{{command, 1, "database_unreachable"}})
		if r := away.do(t, "starter", strings.Fields(command)...); strings.Contains(r.out+r.err, secret) {
			t.Errorf("%s tells the password: %s", command, r.err)
		}
	}
	away.say(t, []line{{"capital 1.00", 0, ""}, {"check " + u.form(t, "AWAY-1", "", ""), 0, ""}})
}

// temporalAway: the act is stored with its moment, and the worker's relay delivers it.
func temporalAway(t *testing.T, u user) {
	u.sign(t, "AWAY-2")
	u.say(t, []line{
		{"pay AWAY-2 --amount 5.00 --reference R1 --id away-1 --wait 500ms --address " + nowhere, 1, "stored_unanswered"},
	})
	u.eventually(t, "show AWAY-2", `"payments":[{"reference":"R1","amount":"5.00"`)
	u.say(t, []line{
		{"pay AWAY-2 --amount 5.00 --reference R1 --id away-1", 0, "receipt of 5.00"}, // the same command: its answer
		{"pay AWAY-2 --amount 6.00 --reference R1 --id away-1", 3, "id_used_otherwise"},
	})
}

// workerKilled: an act waits for the next worker, and its moment counts.
func workerKilled(t *testing.T, u user) {
	u.sign(t, "AWAY-3")
	u.kill(t, "worker.json")
	u.say(t, []line{
		{"pay AWAY-3 --amount 120000.00 --reference R1 --id away-2 --wait 500ms", 1, "stored_unanswered"},
		{"pay AWAY-3 --amount 1.00 --reference R2 --id away-3 --wait 500ms", 1, "stored_unanswered"},
	})
	u.succeed(t, "devstack", "up", "--dir", ".dev")
	u.eventually(t, "show AWAY-3", `"payments":[{"reference":"R1","amount":"120000.00"`)
	u.eventually(t, "show AWAY-3", `"phase":"in-service"`)
	u.say(t, []line{
		{"pay AWAY-3 --amount 120000.00 --reference R1 --id away-2", 0, "receipt of 120000.00"},
		{"pay AWAY-3 --amount 1.00 --reference R2 --id away-3", 0, "receipt of 1.00"},
	})
}

// stackKilled: server, database and all. Started again, everything is there and goes on.
func stackKilled(t *testing.T, u user) {
	u.sign(t, "AWAY-4")
	before := u.succeed(t, "starter", "show", "AWAY-4", "--json").out
	u.kill(t, "state.json")
	u.eventually(t, "show AWAY-4", `"database_unreachable"`)
	u.say(t, []line{{"pay AWAY-4 --amount 1.00 --reference R1", 1, "database_unreachable"}})
	u.succeed(t, "devstack", "up", "--dir", ".dev")
	if after := u.succeed(t, "starter", "show", "AWAY-4", "--json").out; after != before {
		t.Errorf("it shows\n%s\nbefore it was killed\n%s", after, before)
	}
	u.say(t, []line{
		{"timeline AWAY-4 --verify", 0, ""},
		{"pay AWAY-4 --amount 120000.00 --reference R1", 0, "receipt of 120000.00"},
	})
	u.eventually(t, "show AWAY-4", `"phase":"in-service"`)
}
