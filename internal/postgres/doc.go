// Package postgres keeps what a contract needs to be proved: its form, the acts of people, the chain of evidence,
// the notices of the State Council, the rota, and the read tables folded from the evidence.
//
// Each engine has one schema: production `lvyue`, each rehearsal one of its own. The product works as the role
// lvyue_app, which can append evidence but not change it; migrations run as the role of the connection.
//
// It decides nothing about contracts, and it has no clock of its own: the instants of acts are those of the
// server, or of the caller in a rehearsal. Instants are kept to the microsecond and come back in Shanghai time.
package postgres
