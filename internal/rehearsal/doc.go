// Package rehearsal plays a whole contract life from a file in seconds: on the production workflows, a real
// Temporal server, a real PostgreSQL and the vendor's simulator, with the contract's clock moved from one due
// moment to the next. What comes out is a report of every duty and its dates.
//
// A rehearsal has its own task queue, workflow ids and schema. It cannot reach a real vendor, and it knows no
// rule of the contract: every act goes in the way people's acts do, and what the engine refuses is reported.
package rehearsal
