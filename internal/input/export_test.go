package input

// OpenUnseen opens a file as Regular does that has found a regular one in its place.
var OpenUnseen = openRegular
