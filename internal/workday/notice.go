package workday

// Notice is one State Council notice on the arrangement of holidays, or an amendment of one. Its JSON is the form
// of the embedded notices and of `starter calendar import`.
type Notice struct {
	// Year is the calendar year that the notice arranges; an original notice makes that year final.
	Year int `json:"year"`
	// Number is the document number, such as 国办发明电〔2025〕7号; empty where no source that we read gives it.
	Number string `json:"number"`
	// PublishedOn is the day of publication; no day if unknown.
	PublishedOn Date `json:"published_on"`
	// URL is where the text can be read; empty if unknown.
	URL string `json:"url"`
	// Amends is the number of the notice that this one changes; empty for an original notice.
	Amends string `json:"amends"`
	// Days are the days named. A day not named is a working day from Monday to Friday.
	Days []NoticeDay `json:"days"`
}

// NoticeDay is one day that a notice names. It may lie in the year before or after the notice's own: the notice for
// 2019 arranges three days of December 2018.
type NoticeDay struct {
	Date Date   `json:"date"`
	Name string `json:"name"`
	// Off is true for a day off, false for a Saturday or Sunday on which people work (调休上班).
	Off bool `json:"off"`
}
