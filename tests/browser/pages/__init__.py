"""The app's pages as a person uses and reads them: an object a page, its selectors in one place."""
