package suitesim

func (s *System) suite(words []string, world World) (string, error) {
	return "", failed("%q is unknown", words)
}
