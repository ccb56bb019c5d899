package input_test

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/errspec/errspec/internal/input"
)

// The kernel log has the mode of a regular file, and reading it waits forever for
// the next message.
func TestReadEndlessFile(t *testing.T) {
	const log = "/proc/kmsg"
	f, err := os.OpenFile(log, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Skip(err)
	}
	f.Close()
	_, err = input.ReadFile(log)
	var kind *input.KindError
	if !errors.As(err, &kind) && !errors.Is(err, os.ErrPermission) {
		t.Errorf("got %v, want a KindError", err)
	}
}
