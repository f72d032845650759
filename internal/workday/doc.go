// Package workday counts days as Chinese contracts do: civil dates in Shanghai time, working days as the State
// Council arranges them, service years, and the reason for every day counted or passed over.
//
// The rules are Civil Code arts. 200–204 and 1259: the day of the event is not counted, day 1 is the next one,
// the n-th day is inside, and a day lasts until 24:00. A year for which no notice is known is computed from the
// statutory days and the weekends and marked provisional; it is never answered from the weekends alone.
//
// The package has no clock, no database and no network: the notices it knows are embedded or handed in.
package workday
