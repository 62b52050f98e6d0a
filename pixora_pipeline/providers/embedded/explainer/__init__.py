"""The embedded explainer: texts, and a small curated folder of topics, turned into animated scenes. No model."""
