package input

// OpenUnseen opens a file that Regular found to be regular.
var OpenUnseen = openRegular
