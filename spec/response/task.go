// Tasks.

package response

import "slices"

// task returns how the task that the response is about has ended. It returns false if the response
// has neither the status nor the ID of one. Only a response that succeeded has a status: in others
// a field of that name may be the HTTP status.
func (s *facts) task(refused bool) (outcome, bool) {
	i := s.first(roleStatus, -1)
	if i < 0 {
		if refused {
			return outcomeFailed, s.first(roleID, -1) >= 0
		}
		return outcomeRunning, s.format.tasks && s.first(roleID, -1) >= 0
	}
	f, status := &s.format.fields[s.list[i].field], s.text(i)
	switch {
	case slices.Contains(f.completed, status) && !refused:
		return outcomeOK, true
	case slices.Contains(f.completed, status):
		s.doubtful = true
		return outcomeFailed, true
	case slices.Contains(f.failed, status):
		return outcomeFailed, true
	case len(f.running) > 0 && !slices.Contains(f.running, status):
		return outcomeUnreadable, true
	}
	return outcomeRunning, true
}
