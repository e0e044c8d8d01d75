package yupdate

// News says whether an update would tell anything new, and fails as Apply would, without changing anything: a room asks before it makes
// the update durable, and applies it after.
func (s *State) News(update []byte) (bool, error) {
	runs := s.runs[:0]
	defer func() {
		clear(runs) // they lie in update
		if cap(runs) <= 64 {
			s.runs = runs[:0]
		}
	}()
	set, err := parse(update, s.limits, &runs)
	if err != nil {
		return false, err
	}
	news := false
	for _, u := range runs {
		c := s.byClient[u.client]
		news = news || c == nil && u.count > 0 || c != nil && u.end > c.end() && !c.holds(u)
	}
	eachDeleted(set, func(client uint64, d span) {
		c := s.byClient[client]
		news = news || c == nil || !contains(c.deleted, d)
	})
	if !news {
		return false, nil
	}
	return true, s.fits(runs, set)
}
