"""What a reviewer sees in the browser; Streamlit lives only here."""
